/** The 50,000 passwords that leaked most often, in lower case; 3,500 of them are as long as ours have to be. */
declare module 'fxa-common-password-list' {
  const list: { test(password: string): boolean };
  export default list;
}
