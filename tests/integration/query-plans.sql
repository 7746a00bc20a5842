== a record by its address

select "record".*, (select json_group_array("fieldCode") as "codes" from "record_field" where "record_field"."recordId" = "record"."id") as "fieldCodes", (select json_group_array("areaCode") as "codes" from "record_area" where "record_area"."recordId" = "record"."id") as "areaCodes", (select coalesce(json_group_array(json_object('id', "agg"."id", 'relation', "agg"."relation", 'kind', "agg"."kind", 'slug', "agg"."slug", 'title', "agg"."title", 'titleEn', "agg"."titleEn")), '[]') from (select "target"."id", "link"."relation", "target"."kind", "target"."slug", "target"."title", "target"."titleEn" from "record_link" as "link" inner join "record" as "target" on "target"."id" = "link"."toId" where "link"."fromId" = "record"."id" and "target"."status" = ?) as agg) as "links" from "record" where "record"."kind" = ? and "record"."slug" = ?
  -- SEARCH record USING INDEX sqlite_autoindex_record_1 (kind=? AND slug=?)
  -- CORRELATED SCALAR SUBQUERY 1
  -- SEARCH record_field USING PRIMARY KEY (recordId=?)
  -- CORRELATED SCALAR SUBQUERY 2
  -- SEARCH record_area USING PRIMARY KEY (recordId=?)
  -- CORRELATED SCALAR SUBQUERY 4
  -- SEARCH link USING PRIMARY KEY (fromId=?)
  -- SEARCH target USING INTEGER PRIMARY KEY (rowid=?)

== a record with its links

select "slug" from "record" where "kind" = ? limit ?
  -- SEARCH record USING COVERING INDEX sqlite_autoindex_record_1 (kind=?)

select "record".*, (select json_group_array("fieldCode") as "codes" from "record_field" where "record_field"."recordId" = "record"."id") as "fieldCodes", (select json_group_array("areaCode") as "codes" from "record_area" where "record_area"."recordId" = "record"."id") as "areaCodes", (select coalesce(json_group_array(json_object('id', "agg"."id", 'relation', "agg"."relation", 'kind', "agg"."kind", 'slug', "agg"."slug", 'title', "agg"."title", 'titleEn', "agg"."titleEn")), '[]') from (select "target"."id", "link"."relation", "target"."kind", "target"."slug", "target"."title", "target"."titleEn" from "record_link" as "link" inner join "record" as "target" on "target"."id" = "link"."toId" where "link"."fromId" = "record"."id" and "target"."status" = ?) as agg) as "links" from "record" where "record"."kind" = ? and "record"."slug" = ?
  -- SEARCH record USING INDEX sqlite_autoindex_record_1 (kind=? AND slug=?)
  -- CORRELATED SCALAR SUBQUERY 1
  -- SEARCH record_field USING PRIMARY KEY (recordId=?)
  -- CORRELATED SCALAR SUBQUERY 2
  -- SEARCH record_area USING PRIMARY KEY (recordId=?)
  -- CORRELATED SCALAR SUBQUERY 4
  -- SEARCH link USING PRIMARY KEY (fromId=?)
  -- SEARCH target USING INTEGER PRIMARY KEY (rowid=?)

select * from "offer" where "recordId" = ?
  -- SEARCH offer USING INTEGER PRIMARY KEY (rowid=?)

== records that name a record

select "source"."id", "link"."relation", "source"."kind", "source"."slug", "source"."title", "source"."titleEn" from "record_link" as "link" inner join "record" as "source" on "source"."id" = "link"."fromId" left join "need" on "need"."recordId" = "source"."id" where "link"."toId" = ? and "source"."status" = ? and ("need"."anonymous" is null or "need"."anonymous" = ?) order by "link"."fromId" desc limit ?
  -- SEARCH link USING COVERING INDEX record_link_back (toId=?)
  -- SEARCH source USING INTEGER PRIMARY KEY (rowid=?)
  -- SEARCH need USING INTEGER PRIMARY KEY (rowid=?) LEFT-JOIN
  -- USE TEMP B-TREE FOR ORDER BY

== an old address

select "record"."slug" from "record_old_slug" as "old" inner join "record" on "record"."id" = "old"."recordId" where "old"."kind" = ? and "old"."slug" = ?
  -- SEARCH old USING INDEX sqlite_autoindex_record_old_slug_1 (kind=? AND slug=?)
  -- SEARCH record USING INTEGER PRIMARY KEY (rowid=?)

== several records

select "record".*, (select json_group_array("fieldCode") as "codes" from "record_field" where "record_field"."recordId" = "record"."id") as "fieldCodes", (select json_group_array("areaCode") as "codes" from "record_area" where "record_area"."recordId" = "record"."id") as "areaCodes", (select coalesce(json_group_array(json_object('id', "agg"."id", 'relation', "agg"."relation", 'kind', "agg"."kind", 'slug', "agg"."slug", 'title', "agg"."title", 'titleEn', "agg"."titleEn")), '[]') from (select "target"."id", "link"."relation", "target"."kind", "target"."slug", "target"."title", "target"."titleEn" from "record_link" as "link" inner join "record" as "target" on "target"."id" = "link"."toId" where "link"."fromId" = "record"."id" and "target"."status" = ?) as agg) as "links" from "record" where "record"."id" in (?, ?, ?)
  -- SEARCH record USING INTEGER PRIMARY KEY (rowid=?)
  -- CORRELATED SCALAR SUBQUERY 1
  -- SEARCH record_field USING PRIMARY KEY (recordId=?)
  -- CORRELATED SCALAR SUBQUERY 2
  -- SEARCH record_area USING PRIMARY KEY (recordId=?)
  -- CORRELATED SCALAR SUBQUERY 4
  -- SEARCH link USING PRIMARY KEY (fromId=?)
  -- SEARCH target USING INTEGER PRIMARY KEY (rowid=?)

select * from "organisation" where "recordId" in (?, ?)
  -- SEARCH organisation USING INTEGER PRIMARY KEY (rowid=?)

select * from "offer" where "recordId" in (?)
  -- SEARCH offer USING INTEGER PRIMARY KEY (rowid=?)

== the sitemap

select "id" from "record" where "status" = ? and "id" > ? order by "id" limit ?
  -- SEARCH record USING COVERING INDEX record_by_status (status=? AND id>?)

select "id" from "record" where "status" = ? and "id" >= ? order by "id" limit ? offset ?
  -- SEARCH record USING COVERING INDEX record_by_status (status=? AND id>?)

select "kind", "slug", "updatedAt" from "record" where "status" = ? and "id" >= ? order by "id" limit ?
  -- SEARCH record USING INDEX record_by_status (status=? AND id>?)

== saving, changing and withdrawing a record

select "slug" from "record" where "kind" = ? and "id" <> ? and "slug" >= ? and "slug" < ? union select "slug" from "record_old_slug" where "kind" = ? and "slug" >= ? and "slug" < ?
  -- MERGE (UNION)
  -- LEFT
  -- SEARCH record USING COVERING INDEX sqlite_autoindex_record_1 (kind=? AND slug>? AND slug<?)
  -- RIGHT
  -- SEARCH record_old_slug USING COVERING INDEX sqlite_autoindex_record_old_slug_1 (kind=? AND slug>? AND slug<?)

insert into "record" ("externalId", "title", "titleEn", "summary", "summaryEn", "body", "contactName", "contactEmail", "contactPhone", "website", "sourceText", "sourceUrl", "keywords", "contactVisibility", "demo", "status", "updatedAt", "kind", "slug", "createdAt", "publishedAt") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) returning "id"
  -- SEARCH harvested_record USING COVERING INDEX harvested_by_record (recordId=?)
  -- SEARCH need_match USING COVERING INDEX need_match_by_best (bestId=?)
  -- SEARCH need_match USING INTEGER PRIMARY KEY (rowid=?)
  -- SEARCH digest_result USING COVERING INDEX digest_result_by_record (recordId=?)
  -- SEARCH publication USING INTEGER PRIMARY KEY (rowid=?)
  -- SEARCH statement USING COVERING INDEX statement_by_record (recordId=?)
  -- SEARCH connection USING COVERING INDEX connection_by_askerRecordId (askerRecordId=?)
  -- SEARCH connection USING COVERING INDEX connection_by_recordId (recordId=?)
  -- SEARCH invitation USING COVERING INDEX sqlite_autoindex_invitation_2 (recordId=?)
  -- SEARCH manage_request USING COVERING INDEX manage_request_by_record (recordId=?)
  -- SEARCH renewal_link USING COVERING INDEX sqlite_autoindex_renewal_link_2 (recordId=?)
  -- SEARCH picture USING PRIMARY KEY (recordId=?)
  -- SEARCH revision USING COVERING INDEX revision_by_recordId (recordId=?)
  -- SEARCH record_member USING COVERING INDEX sqlite_autoindex_record_member_1 (recordId=?)
  -- SEARCH record_old_slug USING COVERING INDEX record_old_slug_by_record (recordId=?)
  -- SEARCH record_link USING COVERING INDEX record_link_back (toId=?)
  -- SEARCH record_link USING PRIMARY KEY (fromId=?)
  -- SEARCH record_area USING PRIMARY KEY (recordId=?)
  -- SEARCH record_field USING PRIMARY KEY (recordId=?)
  -- SEARCH policy USING INTEGER PRIMARY KEY (rowid=?)
  -- SEARCH achievement USING INTEGER PRIMARY KEY (rowid=?)
  -- SEARCH need USING INTEGER PRIMARY KEY (rowid=?)
  -- SEARCH offer USING INTEGER PRIMARY KEY (rowid=?)
  -- SEARCH trademark USING INTEGER PRIMARY KEY (rowid=?)
  -- SEARCH expert USING INTEGER PRIMARY KEY (rowid=?)
  -- SEARCH organisation USING INTEGER PRIMARY KEY (rowid=?)
  -- SEARCH startup USING INTEGER PRIMARY KEY (rowid=?)
  -- SEARCH enterprise USING INTEGER PRIMARY KEY (rowid=?)

insert into "offer" ("recordId", "trl", "ipStatus", "ipNumber", "transferModes", "priceMode", "priceMinVnd", "priceMaxVnd", "advantages", "conditions", "appliedAt", "green", "expiresOn", "supplierName") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)


insert into "record_field" ("recordId", "fieldCode") values (?, ?)


insert into "record_area" ("recordId", "areaCode") values (?, ?)


insert into "record_link" ("fromId", "relation", "toId") values (?, ?, ?)


select "fromId" from "record_link" where "toId" in (?)
  -- SEARCH record_link USING COVERING INDEX record_link_back (toId=?)

insert into "outbox" ("recordId", "createdAt") values (?, ?)


update "record" set "externalId" = ?, "title" = ?, "titleEn" = ?, "summary" = ?, "summaryEn" = ?, "body" = ?, "contactName" = ?, "contactEmail" = ?, "contactPhone" = ?, "website" = ?, "sourceText" = ?, "sourceUrl" = ?, "keywords" = ?, "contactVisibility" = ?, "demo" = ?, "status" = ?, "updatedAt" = ?, "publishedAt" = coalesce("publishedAt", ?), "version" = "version" + ? where "id" = ?
  -- SEARCH record USING INTEGER PRIMARY KEY (rowid=?)

delete from "record_field" where "recordId" = ?
  -- SEARCH record_field USING PRIMARY KEY (recordId=?)

delete from "record_area" where "recordId" = ?
  -- SEARCH record_area USING PRIMARY KEY (recordId=?)

delete from "record_link" where "fromId" = ?
  -- SEARCH record_link USING PRIMARY KEY (fromId=?)

delete from "offer" where "recordId" = ?
  -- SEARCH offer USING INTEGER PRIMARY KEY (rowid=?)

update "record" set "status" = ?, "updatedAt" = ?, "version" = "version" + ? where "id" = ?
  -- SEARCH record USING INTEGER PRIMARY KEY (rowid=?)

== import: records by their keys

select "recordId" as "id", "taxCode" as "value" from "enterprise" where "taxCode" in (?)
  -- SEARCH enterprise USING COVERING INDEX sqlite_autoindex_enterprise_1 (taxCode=?)

select "id", "externalId" as "value" from "record" where "kind" = ? and "externalId" in (?)
  -- SEARCH record USING COVERING INDEX sqlite_autoindex_record_2 (kind=? AND externalId=?)

select * from "record" where "id" in (?, ?)
  -- SEARCH record USING INTEGER PRIMARY KEY (rowid=?)

select * from "enterprise" where "recordId" in (?, ?)
  -- SEARCH enterprise USING INTEGER PRIMARY KEY (rowid=?)

select * from "record_field" where "recordId" in (?, ?)
  -- SEARCH record_field USING PRIMARY KEY (recordId=?)

select * from "record_area" where "recordId" in (?, ?)
  -- SEARCH record_area USING PRIMARY KEY (recordId=?)

select * from "record_link" where "fromId" in (?, ?)
  -- SEARCH record_link USING PRIMARY KEY (fromId=?)

== the outbox

select * from "field" order by "code"
  -- SCAN field USING INDEX sqlite_autoindex_field_1

select * from "area" order by "code"
  -- SCAN area USING INDEX sqlite_autoindex_area_1

select * from "area_former_name"
  -- SCAN area_former_name

select * from "vsic_section" order by "code"
  -- SCAN vsic_section USING INDEX sqlite_autoindex_vsic_section_1

select * from "nice_class"
  -- SCAN nice_class

select "seq", "recordId" from "outbox" where "seq" > (select "seq" from "search_consumer" where "engine" = ?) order by "seq" limit ?
  -- SEARCH outbox USING INTEGER PRIMARY KEY (rowid>?)
  -- SCALAR SUBQUERY 1
  -- SEARCH search_consumer USING INDEX sqlite_autoindex_search_consumer_1 (engine=?)

update "search_consumer" set "attempts" = ? where "engine" = ?
  -- SEARCH search_consumer USING INDEX sqlite_autoindex_search_consumer_1 (engine=?)

select "record".*, (select json_group_array("fieldCode") as "codes" from "record_field" where "record_field"."recordId" = "record"."id") as "fieldCodes", (select json_group_array("areaCode") as "codes" from "record_area" where "record_area"."recordId" = "record"."id") as "areaCodes", (select coalesce(json_group_array(json_object('id', "agg"."id", 'relation', "agg"."relation", 'kind', "agg"."kind", 'slug', "agg"."slug", 'title', "agg"."title", 'titleEn', "agg"."titleEn")), '[]') from (select "target"."id", "link"."relation", "target"."kind", "target"."slug", "target"."title", "target"."titleEn" from "record_link" as "link" inner join "record" as "target" on "target"."id" = "link"."toId" where "link"."fromId" = "record"."id" and "target"."status" = ?) as agg) as "links" from "record" where "record"."id" in (?)
  -- SEARCH record USING INTEGER PRIMARY KEY (rowid=?)
  -- CORRELATED SCALAR SUBQUERY 1
  -- SEARCH record_field USING PRIMARY KEY (recordId=?)
  -- CORRELATED SCALAR SUBQUERY 2
  -- SEARCH record_area USING PRIMARY KEY (recordId=?)
  -- CORRELATED SCALAR SUBQUERY 4
  -- SEARCH link USING PRIMARY KEY (fromId=?)
  -- SEARCH target USING INTEGER PRIMARY KEY (rowid=?)

select * from "offer" where "recordId" in (?)
  -- SEARCH offer USING INTEGER PRIMARY KEY (rowid=?)

update "search_consumer" set "seq" = ?, "attempts" = ?, "nextAttemptAt" = ?, "lastError" = ? where "engine" = ?
  -- SEARCH search_consumer USING INDEX sqlite_autoindex_search_consumer_1 (engine=?)

select "consumer"."engine", "consumer"."attempts", "consumer"."lastError", (select count(*) as "n" from "outbox" where "outbox"."seq" > "consumer"."seq") as "pending", (select "createdAt" from "outbox" where "outbox"."seq" > "consumer"."seq" order by "seq" limit ?) as "oldest" from "search_consumer" as "consumer"
  -- SCAN consumer
  -- CORRELATED SCALAR SUBQUERY 1
  -- SEARCH outbox USING INTEGER PRIMARY KEY (rowid>?)
  -- CORRELATED SCALAR SUBQUERY 2
  -- SEARCH outbox USING INTEGER PRIMARY KEY (rowid>?)

== profiles and review

select * from "field" order by "code"
  -- SCAN field USING INDEX sqlite_autoindex_field_1

select * from "area" order by "code"
  -- SCAN area USING INDEX sqlite_autoindex_area_1

select * from "area_former_name"
  -- SCAN area_former_name

select * from "vsic_section" order by "code"
  -- SCAN vsic_section USING INDEX sqlite_autoindex_vsic_section_1

select * from "nice_class"
  -- SCAN nice_class

select "revision"."id", "revision"."recordId", "revision"."version", "revision"."form", "revision"."isChange", coalesce("revision"."submittedAt", '') as "submittedAt", "record"."kind", "record"."title", "author"."name" as "authorName", "claimer"."id" as "claimerId", "claimer"."name" as "claimerName" from "revision" inner join "record" on "record"."id" = "revision"."recordId" left join "user" as "author" on "author"."id" = "revision"."authorId" left join "user" as "claimer" on "claimer"."id" = "revision"."claimedBy" and "revision"."claimedAt" >= ? where "revision"."state" = 'submitted' and ("revision"."submittedAt", "revision"."id") > (?, ?) order by "revision"."submittedAt", "revision"."id" limit ?
  -- SEARCH revision USING INDEX revision_queue (submittedAt>?)
  -- SEARCH record USING INTEGER PRIMARY KEY (rowid=?)
  -- SEARCH author USING INDEX sqlite_autoindex_user_1 (id=?) LEFT-JOIN
  -- SEARCH claimer USING INDEX sqlite_autoindex_user_1 (id=?) LEFT-JOIN

select "revision"."id", "revision"."recordId", "revision"."version", "revision"."form", "revision"."isChange", coalesce("revision"."submittedAt", '') as "submittedAt", "record"."kind", "record"."title", "author"."name" as "authorName", "claimer"."id" as "claimerId", "claimer"."name" as "claimerName" from "revision" inner join "record" on "record"."id" = "revision"."recordId" left join "user" as "author" on "author"."id" = "revision"."authorId" left join "user" as "claimer" on "claimer"."id" = "revision"."claimedBy" and "revision"."claimedAt" >= ? where ("revision"."state" = 'submitted' and "revision"."isChange" = ? and ("revision"."claimedBy" is null or "revision"."claimedAt" < ?) and "revision"."submittedAt" < ? and "revision"."foldedTitle" like ?) order by "revision"."submittedAt", "revision"."id" limit ?
  -- SEARCH revision USING INDEX revision_queue (submittedAt<?)
  -- SEARCH record USING INTEGER PRIMARY KEY (rowid=?)
  -- SEARCH author USING INDEX sqlite_autoindex_user_1 (id=?) LEFT-JOIN
  -- SEARCH claimer USING INDEX sqlite_autoindex_user_1 (id=?) LEFT-JOIN

select "revision"."id", "revision"."recordId", "revision"."version", "revision"."form", "revision"."isChange", coalesce("revision"."submittedAt", '') as "submittedAt", "record"."kind", "record"."title", "author"."name" as "authorName", "claimer"."id" as "claimerId", "claimer"."name" as "claimerName" from "revision" inner join "record" on "record"."id" = "revision"."recordId" left join "user" as "author" on "author"."id" = "revision"."authorId" left join "user" as "claimer" on "claimer"."id" = "revision"."claimedBy" and "revision"."claimedAt" >= ? where ("revision"."state" = 'submitted' and "revision"."kind" = ? and "revision"."claimedBy" = ?) order by "revision"."submittedAt", "revision"."id" limit ?
  -- SEARCH revision USING INDEX revision_queue_by_kind (kind=?)
  -- SEARCH record USING INTEGER PRIMARY KEY (rowid=?)
  -- SEARCH author USING INDEX sqlite_autoindex_user_1 (id=?) LEFT-JOIN
  -- SEARCH claimer USING INDEX sqlite_autoindex_user_1 (id=?) LEFT-JOIN

select count(*) as "n" from "revision" where ("revision"."state" = 'submitted' and "revision"."kind" = ? and "revision"."isChange" = ? and "revision"."foldedTitle" like ?)
  -- SEARCH revision USING COVERING INDEX revision_queue_by_kind (kind=?)

select "kind", count(*) as "n" from "revision" where "state" = 'submitted' group by "kind"
  -- SCAN revision USING COVERING INDEX revision_queue_by_kind

select "submittedAt", "id" from "revision" where "id" = ?
  -- SEARCH revision USING INTEGER PRIMARY KEY (rowid=?)

update "revision" set "claimedBy" = ?, "claimedAt" = ? where "id" = ? and "claimedBy" = ?
  -- SEARCH revision USING INTEGER PRIMARY KEY (rowid=?)

update "revision" set "claimedBy" = ?, "claimedAt" = ? where "id" = (select "revision"."id" from "revision" where ("revision"."state" = 'submitted' and ("revision"."claimedBy" = ? or ("revision"."claimedBy" is null or "revision"."claimedAt" < ?)) and "revision"."id" != ?) order by "revision"."submittedAt", "revision"."id" limit ?) returning "recordId"
  -- SEARCH revision USING INTEGER PRIMARY KEY (rowid=?)
  -- SCALAR SUBQUERY 1
  -- SCAN revision USING COVERING INDEX revision_queue

select "id", "text", "attribute", "kind", "archivedAt" from "review_text" order by "archivedAt", "id"
  -- SCAN review_text USING INDEX review_text_by_use

select "audit_log"."id", "audit_log"."at", "audit_log"."userName", "audit_log"."action", "audit_log"."detail", "record"."title", "record"."kind", "record"."slug", "record"."status", "audit_log"."recordId" from "audit_log" left join "record" on "record"."id" = "audit_log"."recordId" where ("audit_log"."at", "audit_log"."id") < (?, ?) order by "audit_log"."at" desc, "audit_log"."id" desc limit ?
  -- SEARCH audit_log USING INDEX audit_log_by_at (at<?)
  -- SEARCH record USING INTEGER PRIMARY KEY (rowid=?) LEFT-JOIN

select "audit_log"."id", "audit_log"."at", "audit_log"."userName", "audit_log"."action", "audit_log"."detail", "record"."title", "record"."kind", "record"."slug", "record"."status", "audit_log"."recordId" from "audit_log" left join "record" on "record"."id" = "audit_log"."recordId" order by "audit_log"."at" desc, "audit_log"."id" desc limit ?
  -- SCAN audit_log USING INDEX audit_log_by_at
  -- SEARCH record USING INTEGER PRIMARY KEY (rowid=?) LEFT-JOIN

select "audit_log"."id", "audit_log"."at", "audit_log"."userName", "audit_log"."action", "audit_log"."detail", "record"."title", "record"."kind", "record"."slug", "record"."status", "audit_log"."recordId" from "audit_log" left join "record" on "record"."id" = "audit_log"."recordId" where "audit_log"."at" >= ? and "audit_log"."at" < ? order by "audit_log"."at" desc, "audit_log"."id" desc limit ?
  -- SEARCH audit_log USING INDEX audit_log_by_at (at>? AND at<?)
  -- SEARCH record USING INTEGER PRIMARY KEY (rowid=?) LEFT-JOIN

select "audit_log"."id", "audit_log"."at", "audit_log"."userName", "audit_log"."action", "audit_log"."detail", "record"."title", "record"."kind", "record"."slug", "record"."status", "audit_log"."recordId" from "audit_log" left join "record" on "record"."id" = "audit_log"."recordId" where "audit_log"."userId" = ? order by "audit_log"."at" desc, "audit_log"."id" desc limit ?
  -- SEARCH audit_log USING INDEX audit_log_by_user (userId=?)
  -- SEARCH record USING INTEGER PRIMARY KEY (rowid=?) LEFT-JOIN

select "audit_log"."id", "audit_log"."at", "audit_log"."userName", "audit_log"."action", "audit_log"."detail", "record"."title", "record"."kind", "record"."slug", "record"."status", "audit_log"."recordId" from "audit_log" left join "record" on "record"."id" = "audit_log"."recordId" where "audit_log"."userId" = ? and "audit_log"."at" >= ? and "audit_log"."at" < ? order by "audit_log"."at" desc, "audit_log"."id" desc limit ?
  -- SEARCH audit_log USING INDEX audit_log_by_user (userId=? AND at>? AND at<?)
  -- SEARCH record USING INTEGER PRIMARY KEY (rowid=?) LEFT-JOIN

select "audit_log"."id", "audit_log"."at", "audit_log"."userName", "audit_log"."action", "audit_log"."detail", "record"."title", "record"."kind", "record"."slug", "record"."status", "audit_log"."recordId" from "audit_log" left join "record" on "record"."id" = "audit_log"."recordId" where "audit_log"."action" = ? order by "audit_log"."at" desc, "audit_log"."id" desc limit ?
  -- SEARCH audit_log USING INDEX audit_log_by_action (action=?)
  -- SEARCH record USING INTEGER PRIMARY KEY (rowid=?) LEFT-JOIN

select "audit_log"."id", "audit_log"."at", "audit_log"."userName", "audit_log"."action", "audit_log"."detail", "record"."title", "record"."kind", "record"."slug", "record"."status", "audit_log"."recordId" from "audit_log" left join "record" on "record"."id" = "audit_log"."recordId" where "audit_log"."action" = ? and "audit_log"."at" >= ? and "audit_log"."at" < ? order by "audit_log"."at" desc, "audit_log"."id" desc limit ?
  -- SEARCH audit_log USING INDEX audit_log_by_action (action=? AND at>? AND at<?)
  -- SEARCH record USING INTEGER PRIMARY KEY (rowid=?) LEFT-JOIN

select "audit_log"."id", "audit_log"."at", "audit_log"."userName", "audit_log"."action", "audit_log"."detail", "record"."title", "record"."kind", "record"."slug", "record"."status", "audit_log"."recordId" from "audit_log" left join "record" on "record"."id" = "audit_log"."recordId" where "audit_log"."recordId" in (?, ?) order by "audit_log"."at" desc, "audit_log"."id" desc limit ?
  -- SEARCH audit_log USING INDEX audit_log_by_record (recordId=?)
  -- SEARCH record USING INTEGER PRIMARY KEY (rowid=?) LEFT-JOIN
  -- USE TEMP B-TREE FOR ORDER BY

select "audit_log"."id", "audit_log"."at", "audit_log"."userName", "audit_log"."action", "audit_log"."detail", "record"."title", "record"."kind", "record"."slug", "record"."status", "audit_log"."recordId" from "audit_log" left join "record" on "record"."id" = "audit_log"."recordId" where "audit_log"."recordId" in (?, ?) and "audit_log"."at" >= ? and "audit_log"."at" < ? order by "audit_log"."at" desc, "audit_log"."id" desc limit ?
  -- SEARCH audit_log USING INDEX audit_log_by_record (recordId=? AND at>? AND at<?)
  -- SEARCH record USING INTEGER PRIMARY KEY (rowid=?) LEFT-JOIN
  -- USE TEMP B-TREE FOR ORDER BY

select "audit_log"."id", "audit_log"."at", "audit_log"."userName", "audit_log"."action", "audit_log"."detail", "record"."title", "record"."kind", "record"."slug", "record"."status", "audit_log"."recordId" from "audit_log" left join "record" on "record"."id" = "audit_log"."recordId" where "audit_log"."userId" = ? and "audit_log"."action" = ? and "audit_log"."recordId" in (?) and "audit_log"."at" >= ? and "audit_log"."at" < ? order by "audit_log"."at" desc, "audit_log"."id" desc limit ?
  -- SEARCH audit_log USING INDEX audit_log_by_record (recordId=? AND at>? AND at<?)
  -- SEARCH record USING INTEGER PRIMARY KEY (rowid=?) LEFT-JOIN

select "id" from "record" where "kind" in (?, ?, ?, ?, ?, ?, ?, ?, ?) and "slug" >= ? and "slug" < ? limit ?
  -- SEARCH record USING COVERING INDEX sqlite_autoindex_record_1 (kind=? AND slug>? AND slug<?)

select "record"."id", "record"."kind", "record"."slug", "record"."title", "record"."status", "record"."publishedAt", coalesce("offer"."expiresOn", "need"."expiresOn") as "expiresOn", "revision"."state" from "record" left join "offer" on "offer"."recordId" = "record"."id" left join "need" on "need"."recordId" = "record"."id" inner join "record_member" on "record_member"."recordId" = "record"."id" left join "revision" on "revision"."recordId" = "record"."id" and "revision"."state" in (?, ?, ?) where "record_member"."userId" = ? order by "record"."updatedAt" desc
  -- SEARCH record_member USING INDEX record_member_by_user (userId=?)
  -- SEARCH record USING INTEGER PRIMARY KEY (rowid=?)
  -- SEARCH offer USING INTEGER PRIMARY KEY (rowid=?) LEFT-JOIN
  -- SEARCH need USING INTEGER PRIMARY KEY (rowid=?) LEFT-JOIN
  -- SEARCH revision USING INDEX revision_by_recordId (recordId=?) LEFT-JOIN
  -- USE TEMP B-TREE FOR ORDER BY

select "record"."id", "record"."kind", "record"."slug", "record"."title", "record"."status", "record"."publishedAt", coalesce("offer"."expiresOn", "need"."expiresOn") as "expiresOn" from "record" left join "offer" on "offer"."recordId" = "record"."id" left join "need" on "need"."recordId" = "record"."id" where "record"."id" = ?
  -- SEARCH record USING INTEGER PRIMARY KEY (rowid=?)
  -- SEARCH offer USING INTEGER PRIMARY KEY (rowid=?) LEFT-JOIN
  -- SEARCH need USING INTEGER PRIMARY KEY (rowid=?) LEFT-JOIN

select * from "revision" where "recordId" = ? and "state" in (?, ?, ?)
  -- SEARCH revision USING INDEX revision_by_recordId (recordId=?)

select "target"."id", "link"."relation", "target"."kind", "target"."slug", "target"."title", "target"."titleEn" from "record_link" as "link" inner join "record" as "target" on "target"."id" = "link"."toId" where "link"."fromId" = ?
  -- SEARCH link USING PRIMARY KEY (fromId=?)
  -- SEARCH target USING INTEGER PRIMARY KEY (rowid=?)

select "userId" from "record_member" where "recordId" = ?
  -- SEARCH record_member USING COVERING INDEX sqlite_autoindex_record_member_1 (recordId=?)

select * from "record" where "id" in (?)
  -- SEARCH record USING INTEGER PRIMARY KEY (rowid=?)

select * from "organisation" where "recordId" in (?)
  -- SEARCH organisation USING INTEGER PRIMARY KEY (rowid=?)

select * from "record_field" where "recordId" in (?)
  -- SEARCH record_field USING PRIMARY KEY (recordId=?)

select * from "record_area" where "recordId" in (?)
  -- SEARCH record_area USING PRIMARY KEY (recordId=?)

select * from "record_link" where "fromId" in (?)
  -- SEARCH record_link USING PRIMARY KEY (fromId=?)

== likely duplicates

select "title" from "record" where "id" = ?
  -- SEARCH record USING INTEGER PRIMARY KEY (rowid=?)

select "recordId" as "id", "registrationNumber" as "value" from "organisation" where "registrationNumber" in (?)
  -- SEARCH organisation USING COVERING INDEX sqlite_autoindex_organisation_1 (registrationNumber=?)

select "recordId", "registrationNumber" from "organisation" where "recordId" in (?)
  -- SEARCH organisation USING INTEGER PRIMARY KEY (rowid=?)

select "id", "kind", "slug", "title", "status" from "record" where "id" in (?, ?)
  -- SEARCH record USING INTEGER PRIMARY KEY (rowid=?)

== statements of guided forms

insert into "statement" ("hash", "kind", "text", "userId", "recordId", "expiresAt") values (?, ?, ?, ?, ?, ?)


select "id", "kind", "text", "recordId" from "statement" where ("hash" = ? or "userId" = ?) and "recordId" is null and "expiresAt" > ? order by "id" desc limit ?
  -- MULTI-INDEX OR
  -- INDEX 1
  -- SEARCH statement USING INDEX sqlite_autoindex_statement_1 (hash=?)
  -- INDEX 2
  -- SEARCH statement USING INDEX statement_by_user (userId=?)
  -- USE TEMP B-TREE FOR ORDER BY

select "id", "kind", "text", "recordId" from "statement" where ("hash" = ? or "userId" = ?) and "recordId" is null and "expiresAt" > ? and "kind" = ? order by "id" desc limit ?
  -- MULTI-INDEX OR
  -- INDEX 1
  -- SEARCH statement USING INDEX sqlite_autoindex_statement_1 (hash=?)
  -- INDEX 2
  -- SEARCH statement USING INDEX statement_by_user (userId=?)
  -- USE TEMP B-TREE FOR ORDER BY

update "statement" set "userId" = ? where "hash" = ? and "userId" is null
  -- SEARCH statement USING INDEX sqlite_autoindex_statement_1 (hash=?)

delete from "statement" where "expiresAt" <= ?
  -- SEARCH statement USING COVERING INDEX statement_by_expiry (expiresAt<?)

== managers, requests and invitations

select "user"."id", "user"."name", "user"."email", "user"."language" from "record_member" inner join "user" on "user"."id" = "record_member"."userId" where "record_member"."recordId" = ? order by "user"."name"
  -- SEARCH record_member USING COVERING INDEX sqlite_autoindex_record_member_1 (recordId=?)
  -- SEARCH user USING INDEX sqlite_autoindex_user_1 (id=?)
  -- USE TEMP B-TREE FOR ORDER BY

select "id", "kind", "slug", "title" from "record" where "id" = ? and "status" = ?
  -- SEARCH record USING INTEGER PRIMARY KEY (rowid=?)

select "state", "createdAt", "reason" from "manage_request" where "recordId" = ? and "userId" = ? order by "id" desc limit ?
  -- SEARCH manage_request USING INDEX manage_request_by_record (recordId=? AND userId=?)

select "manage_request"."id", "manage_request"."message", "manage_request"."createdAt", "manage_request"."departmentSince", "user"."name", "user"."email", "record"."kind", "record"."slug", "record"."title" from "manage_request" inner join "user" on "user"."id" = "manage_request"."userId" inner join "record" on "record"."id" = "manage_request"."recordId" where "manage_request"."state" = 'open' and "manage_request"."recordId" = ? order by "manage_request"."id"
  -- SEARCH record USING INTEGER PRIMARY KEY (rowid=?)
  -- SEARCH manage_request USING INDEX manage_request_open (recordId=?)
  -- SEARCH user USING INDEX sqlite_autoindex_user_1 (id=?)
  -- USE TEMP B-TREE FOR ORDER BY

select "manage_request"."id", "manage_request"."message", "manage_request"."createdAt", "manage_request"."departmentSince", "user"."name", "user"."email", "record"."kind", "record"."slug", "record"."title" from "manage_request" inner join "user" on "user"."id" = "manage_request"."userId" inner join "record" on "record"."id" = "manage_request"."recordId" where "manage_request"."state" = 'open' and ("manage_request"."departmentSince" is not null or not exists (select "record_member"."userId" from "record_member" where "record_member"."recordId" = "manage_request"."recordId")) order by "manage_request"."createdAt", "manage_request"."id" limit ?
  -- SCAN manage_request USING INDEX manage_request_waiting
  -- CORRELATED SCALAR SUBQUERY 1
  -- SEARCH record_member USING COVERING INDEX sqlite_autoindex_record_member_1 (recordId=?)
  -- SEARCH user USING INDEX sqlite_autoindex_user_1 (id=?)
  -- SEARCH record USING INTEGER PRIMARY KEY (rowid=?)

select "id", "email", "expiresAt" from "invitation" where "recordId" = ? and "expiresAt" > ? order by "email"
  -- SEARCH invitation USING INDEX sqlite_autoindex_invitation_2 (recordId=?)

select "invitation"."id", "invitation"."recordId", "invitation"."email", "record"."title", "record"."kind", "user"."name" as "inviterName", "user"."email" as "inviterEmail", "user"."language" as "inviterLanguage" from "invitation" inner join "record" on "record"."id" = "invitation"."recordId" inner join "user" on "user"."id" = "invitation"."invitedBy" where "invitation"."hash" = ? and "invitation"."expiresAt" > ?
  -- SEARCH invitation USING INDEX sqlite_autoindex_invitation_1 (hash=?)
  -- SEARCH user USING INDEX sqlite_autoindex_user_1 (id=?)
  -- SEARCH record USING INTEGER PRIMARY KEY (rowid=?)

delete from "invitation" where "expiresAt" <= ?
  -- SEARCH invitation USING COVERING INDEX invitation_by_expiry (expiresAt<?)

select count(*) as "n" from "manage_request" where "manage_request"."state" = 'open' and ("manage_request"."departmentSince" is not null or not exists (select "record_member"."userId" from "record_member" where "record_member"."recordId" = "manage_request"."recordId"))
  -- SCAN manage_request USING INDEX manage_request_waiting
  -- CORRELATED SCALAR SUBQUERY 1
  -- SEARCH record_member USING COVERING INDEX sqlite_autoindex_record_member_1 (recordId=?)

select "id", "recordId", "userId" from "manage_request" where "state" = 'open' and "createdAt" <= ? and "departmentSince" is null order by "createdAt" limit ?
  -- SEARCH manage_request USING INDEX manage_request_waiting (createdAt<?)

== personal-data requests and the history of signing in

select count(*) as "n" from "personal_data_request" where "state" = 'open'
  -- SEARCH personal_data_request USING COVERING INDEX personal_data_request_by_state (state=?)

select count(*) as "n" from "personal_data_request" where "state" = 'open' and "dueOn" < ?
  -- SEARCH personal_data_request USING INDEX personal_data_request_by_state (state=?)

select "id", "kind", "state", "name", "createdAt", "dueOn", "decidedAt" from "personal_data_request" where "state" = 'open' order by "dueOn", "id"
  -- SEARCH personal_data_request USING INDEX personal_data_request_by_state (state=?)
  -- USE TEMP B-TREE FOR ORDER BY

select "id", "kind", "state", "name", "createdAt", "dueOn", "decidedAt" from "personal_data_request" where "state" in (?, ?) order by "id" desc limit ?
  -- SEARCH personal_data_request USING INDEX personal_data_request_by_state (state=?)
  -- USE TEMP B-TREE FOR ORDER BY

select "personal_data_request".*, "user"."role" from "personal_data_request" left join "user" on "user"."id" = "personal_data_request"."userId" where "personal_data_request"."id" = ? and "personal_data_request"."state" <> ?
  -- SEARCH personal_data_request USING INTEGER PRIMARY KEY (rowid=?)
  -- SEARCH user USING INDEX sqlite_autoindex_user_1 (id=?) LEFT-JOIN

select "id", "kind", "state", "createdAt", "dueOn", "decidedAt", "reason" from "personal_data_request" where "userId" = ? and "state" <> ? order by "id" desc limit ?
  -- SEARCH personal_data_request USING INDEX personal_data_request_by_user (userId=?)

delete from "personal_data_request" where "state" = ? and "worksUntil" <= ?
  -- SEARCH personal_data_request USING INDEX personal_data_request_by_state (state=?)
  -- SEARCH personal_data_event USING COVERING INDEX personal_data_event_by_request (requestId=?)

update "personal_data_request" set "remindedAt" = ? where "state" = ? and "remindedAt" is null and "dueOn" <= ? returning "id", "dueOn"
  -- SEARCH personal_data_request USING INDEX personal_data_request_by_state (state=?)

select "email", "userId", "language" from "personal_data_request" where "hash" = ? and "state" = ? and "worksUntil" > ?
  -- SEARCH personal_data_request USING INDEX sqlite_autoindex_personal_data_request_1 (hash=?)

select "at", "network", "userAgent", "outcome" from "sign_in" where "userId" = ? order by "id" desc limit ?
  -- SEARCH sign_in USING INDEX sign_in_by_user (userId=?)

delete from "sign_in" where "at" < ?
  -- SEARCH sign_in USING COVERING INDEX sign_in_by_time (at<?)

delete from "mail" where "forget" = 1 and "state" <> ? and "createdAt" < ?
  -- SEARCH mail USING INDEX mail_forgotten (createdAt<?)

== supply and demand

select * from "field" order by "code"
  -- SCAN field USING INDEX sqlite_autoindex_field_1

select * from "area" order by "code"
  -- SCAN area USING INDEX sqlite_autoindex_area_1

select * from "area_former_name"
  -- SCAN area_former_name

select * from "vsic_section" order by "code"
  -- SCAN vsic_section USING INDEX sqlite_autoindex_vsic_section_1

select * from "nice_class"
  -- SCAN nice_class

select "record"."id" from "record" left join "need_match" on "need_match"."recordId" = "record"."id" where "record"."kind" = ? and "record"."status" = ? and "need_match"."recordId" is null limit ?
  -- SEARCH record USING COVERING INDEX record_in_order (kind=? AND status=?)
  -- SEARCH need_match USING INTEGER PRIMARY KEY (rowid=?) LEFT-JOIN

select "recordId" as "id" from "need_match" where "version" < ? order by "version", "recordId" limit ?
  -- SEARCH need_match USING COVERING INDEX need_match_by_version (version<?)

select "record"."id", "record"."kind", "record"."slug", "record"."title", "record"."demo", "record"."publishedAt", "need_match"."coverage", "best"."kind" as "bestKind", "best"."slug" as "bestSlug", "best"."title" as "bestTitle" from "need_match" inner join "record" on "record"."id" = "need_match"."recordId" left join "record" as "best" on "best"."id" = "need_match"."bestId" and "best"."status" = ? where "need_match"."coverage" < ? and +record.status = ? and true order by "need_match"."coverage", "need_match"."recordId" limit ? offset ?
  -- SEARCH need_match USING INDEX need_match_by_coverage (coverage<?)
  -- SEARCH record USING INTEGER PRIMARY KEY (rowid=?)
  -- SEARCH best USING INTEGER PRIMARY KEY (rowid=?) LEFT-JOIN

select count(*) as "n" from "need_match" inner join "record" on "record"."id" = "need_match"."recordId" where "need_match"."coverage" < ? and +record.status = ? and true
  -- SEARCH need_match USING COVERING INDEX need_match_by_coverage (coverage<?)
  -- SEARCH record USING INTEGER PRIMARY KEY (rowid=?)

select "record"."id", "record"."kind", "record"."slug", "record"."title", "record"."demo", "record"."publishedAt" from "record" where "record"."kind" = ? and "record"."status" = ? and "record"."publishedAt" < ? and not exists (select "id" from "connection" where "connection"."recordId" = "record"."id") and not exists (select "id" from "connection" where "connection"."askerRecordId" = "record"."id") and true order by "record"."publishedAt" limit ? offset ?
  -- SEARCH record USING INDEX record_by_publication (status=? AND kind=? AND publishedAt<?)
  -- CORRELATED SCALAR SUBQUERY 1
  -- SEARCH connection USING COVERING INDEX connection_by_recordId (recordId=?)
  -- CORRELATED SCALAR SUBQUERY 2
  -- SEARCH connection USING COVERING INDEX connection_by_askerRecordId (askerRecordId=?)

select count(*) as "n" from "record" where "record"."kind" = ? and "record"."status" = ? and "record"."publishedAt" < ? and not exists (select "id" from "connection" where "connection"."recordId" = "record"."id") and not exists (select "id" from "connection" where "connection"."askerRecordId" = "record"."id") and true
  -- SEARCH record USING COVERING INDEX record_by_publication (status=? AND kind=? AND publishedAt<?)
  -- CORRELATED SCALAR SUBQUERY 1
  -- SEARCH connection USING COVERING INDEX connection_by_recordId (recordId=?)
  -- CORRELATED SCALAR SUBQUERY 2
  -- SEARCH connection USING COVERING INDEX connection_by_askerRecordId (askerRecordId=?)

select "connection"."createdAt", "connection"."acceptedAt", "connection"."state", (select min("event"."at") as "at" from "connection_event" as "event" where "event"."connectionId" = "connection"."id" and "event"."action" in (?, ?, ?, ?) and ("event"."side" = ? or ("event"."side" = ? and "connection"."origin" = ?))) as "answeredAt" from "connection" inner join "record" on "record"."id" = "connection"."recordId" left join "record" as "asker" on "asker"."id" = "connection"."askerRecordId" where "connection"."createdAt" >= ? and "connection"."createdAt" < ? and (true or true)
  -- SEARCH connection USING INDEX connection_by_creation (createdAt>? AND createdAt<?)
  -- SEARCH record USING INTEGER PRIMARY KEY (rowid=?)
  -- CORRELATED SCALAR SUBQUERY 1
  -- SEARCH event USING INDEX connection_event_by_connection (connectionId=?)

select "record"."id", "record"."kind", "record"."slug", "record"."title", "record"."demo", "record"."publishedAt", "need_match"."coverage", "best"."kind" as "bestKind", "best"."slug" as "bestSlug", "best"."title" as "bestTitle" from "need_match" inner join "record" on "record"."id" = "need_match"."recordId" left join "record" as "best" on "best"."id" = "need_match"."bestId" and "best"."status" = ? where "need_match"."coverage" < ? and +record.status = ? and exists (select "record_area"."areaCode" from "record_area" where "record_area"."recordId" = "record"."id" and "record_area"."areaCode" in (?, ?)) order by "need_match"."coverage", "need_match"."recordId" limit ? offset ?
  -- SEARCH need_match USING INDEX need_match_by_coverage (coverage<?)
  -- SEARCH record USING INTEGER PRIMARY KEY (rowid=?)
  -- CORRELATED SCALAR SUBQUERY 1
  -- SEARCH record_area USING COVERING INDEX record_area_by_code (areaCode=? AND recordId=?)
  -- SEARCH best USING INTEGER PRIMARY KEY (rowid=?) LEFT-JOIN

select count(*) as "n" from "need_match" inner join "record" on "record"."id" = "need_match"."recordId" where "need_match"."coverage" < ? and +record.status = ? and exists (select "record_area"."areaCode" from "record_area" where "record_area"."recordId" = "record"."id" and "record_area"."areaCode" in (?, ?))
  -- SEARCH need_match USING COVERING INDEX need_match_by_coverage (coverage<?)
  -- SEARCH record USING INTEGER PRIMARY KEY (rowid=?)
  -- SEARCH record_area EXISTS USING COVERING INDEX record_area_by_code (areaCode=? AND recordId=?)

select "record"."id", "record"."kind", "record"."slug", "record"."title", "record"."demo", "record"."publishedAt" from "record" where "record"."kind" = ? and "record"."status" = ? and "record"."publishedAt" < ? and not exists (select "id" from "connection" where "connection"."recordId" = "record"."id") and not exists (select "id" from "connection" where "connection"."askerRecordId" = "record"."id") and exists (select "record_area"."areaCode" from "record_area" where "record_area"."recordId" = "record"."id" and "record_area"."areaCode" in (?, ?)) order by "record"."publishedAt" limit ? offset ?
  -- SEARCH record USING INDEX record_by_publication (status=? AND kind=? AND publishedAt<?)
  -- CORRELATED SCALAR SUBQUERY 1
  -- SEARCH connection USING COVERING INDEX connection_by_recordId (recordId=?)
  -- CORRELATED SCALAR SUBQUERY 2
  -- SEARCH connection USING COVERING INDEX connection_by_askerRecordId (askerRecordId=?)
  -- CORRELATED SCALAR SUBQUERY 3
  -- SEARCH record_area USING COVERING INDEX record_area_by_code (areaCode=? AND recordId=?)

select count(*) as "n" from "record" where "record"."kind" = ? and "record"."status" = ? and "record"."publishedAt" < ? and not exists (select "id" from "connection" where "connection"."recordId" = "record"."id") and not exists (select "id" from "connection" where "connection"."askerRecordId" = "record"."id") and exists (select "record_area"."areaCode" from "record_area" where "record_area"."recordId" = "record"."id" and "record_area"."areaCode" in (?, ?))
  -- SEARCH record USING COVERING INDEX record_by_publication (status=? AND kind=? AND publishedAt<?)
  -- CORRELATED SCALAR SUBQUERY 1
  -- SEARCH connection USING COVERING INDEX connection_by_recordId (recordId=?)
  -- CORRELATED SCALAR SUBQUERY 2
  -- SEARCH connection USING COVERING INDEX connection_by_askerRecordId (askerRecordId=?)
  -- SEARCH record_area EXISTS USING COVERING INDEX record_area_by_code (areaCode=? AND recordId=?)

select "connection"."createdAt", "connection"."acceptedAt", "connection"."state", (select min("event"."at") as "at" from "connection_event" as "event" where "event"."connectionId" = "connection"."id" and "event"."action" in (?, ?, ?, ?) and ("event"."side" = ? or ("event"."side" = ? and "connection"."origin" = ?))) as "answeredAt" from "connection" inner join "record" on "record"."id" = "connection"."recordId" left join "record" as "asker" on "asker"."id" = "connection"."askerRecordId" where "connection"."createdAt" >= ? and "connection"."createdAt" < ? and (exists (select "record_area"."areaCode" from "record_area" where "record_area"."recordId" = "record"."id" and "record_area"."areaCode" in (?, ?)) or exists (select "record_area"."areaCode" from "record_area" where "record_area"."recordId" = "asker"."id" and "record_area"."areaCode" in (?, ?)))
  -- SEARCH connection USING INDEX connection_by_creation (createdAt>? AND createdAt<?)
  -- SEARCH record USING INTEGER PRIMARY KEY (rowid=?)
  -- SEARCH asker USING INTEGER PRIMARY KEY (rowid=?) LEFT-JOIN
  -- CORRELATED SCALAR SUBQUERY 2
  -- SEARCH record_area USING COVERING INDEX record_area_by_code (areaCode=? AND recordId=?)
  -- CORRELATED SCALAR SUBQUERY 3
  -- SEARCH record_area USING COVERING INDEX record_area_by_code (areaCode=? AND recordId=?)
  -- CORRELATED SCALAR SUBQUERY 1
  -- SEARCH event USING INDEX connection_event_by_connection (connectionId=?)

select count(*) - count("need_match"."recordId") as "unknown", min("need_match"."at") as "from", max("need_match"."at") as "to" from "record" left join "need_match" on "need_match"."recordId" = "record"."id" where "record"."kind" = ? and "record"."status" = ?
  -- SEARCH record USING COVERING INDEX record_in_order (kind=? AND status=?)
  -- SEARCH need_match USING INTEGER PRIMARY KEY (rowid=?) LEFT-JOIN

== indicators and reports

select * from "field" order by "code"
  -- SCAN field USING INDEX sqlite_autoindex_field_1

select * from "area" order by "code"
  -- SCAN area USING INDEX sqlite_autoindex_area_1

select * from "area_former_name"
  -- SCAN area_former_name

select * from "vsic_section" order by "code"
  -- SCAN vsic_section USING INDEX sqlite_autoindex_vsic_section_1

select * from "nice_class"
  -- SCAN nice_class

select * from "indicator" order by "position"
  -- SCAN indicator
  -- USE TEMP B-TREE FOR ORDER BY

select "record"."demo", "enterprise"."certificateDate" as "day", count(*) as "n" from "record" inner join "enterprise" on "enterprise"."recordId" = "record"."id" where "record"."kind" = ? and "record"."status" = ? and exists (select "record_area"."areaCode" from "record_area" where "record_area"."recordId" = "record"."id" and "record_area"."areaCode" in (?)) and "enterprise"."certificateDate" is not null and "enterprise"."certificateStatus" in (?, ?) group by "enterprise"."certificateDate", "record"."demo"
  -- SEARCH record USING INDEX record_in_order (kind=? AND status=?)
  -- SEARCH enterprise USING INTEGER PRIMARY KEY (rowid=?)
  -- SEARCH record_area EXISTS USING COVERING INDEX record_area_by_code (areaCode=? AND recordId=?)
  -- USE TEMP B-TREE FOR GROUP BY

select "record"."demo", count(*) as "n" from "record" where "record"."kind" = ? and "record"."status" = ? and exists (select "record_area"."areaCode" from "record_area" where "record_area"."recordId" = "record"."id" and "record_area"."areaCode" in (?)) group by "record"."demo"
  -- SEARCH record USING INDEX record_in_order (kind=? AND status=?)
  -- SEARCH record_area EXISTS USING COVERING INDEX record_area_by_code (areaCode=? AND recordId=?)
  -- USE TEMP B-TREE FOR GROUP BY

select "record"."demo", "trademark"."grantedOn" as "day", count(*) as "n" from "record" inner join "trademark" on "trademark"."recordId" = "record"."id" where "record"."kind" = ? and "record"."status" = ? and exists (select "record_area"."areaCode" from "record_area" where "record_area"."recordId" = "record"."id" and "record_area"."areaCode" in (?)) and "trademark"."grantedOn" is not null and "trademark"."markType" in (?, ?) group by "trademark"."grantedOn", "record"."demo"
  -- SEARCH record USING INDEX record_in_order (kind=? AND status=?)
  -- SEARCH trademark USING INTEGER PRIMARY KEY (rowid=?)
  -- SEARCH record_area EXISTS USING COVERING INDEX record_area_by_code (areaCode=? AND recordId=?)
  -- USE TEMP B-TREE FOR GROUP BY

select "record"."demo", "trademark"."grantedOn" as "day", count(*) as "n" from "record" inner join "trademark" on "trademark"."recordId" = "record"."id" where "record"."kind" = ? and "record"."status" = ? and exists (select "record_area"."areaCode" from "record_area" where "record_area"."recordId" = "record"."id" and "record_area"."areaCode" in (?)) and "trademark"."grantedOn" is not null and "trademark"."markType" in (?) group by "trademark"."grantedOn", "record"."demo"
  -- SEARCH record USING INDEX record_in_order (kind=? AND status=?)
  -- SEARCH trademark USING INTEGER PRIMARY KEY (rowid=?)
  -- SEARCH record_area EXISTS USING COVERING INDEX record_area_by_code (areaCode=? AND recordId=?)
  -- USE TEMP B-TREE FOR GROUP BY

select "record"."demo", count(*) as "n" from "record" inner join "trademark" on "trademark"."recordId" = "record"."id" where "record"."kind" = ? and "record"."status" = ? and exists (select "record_area"."areaCode" from "record_area" where "record_area"."recordId" = "record"."id" and "record_area"."areaCode" in (?)) and "trademark"."grantedOn" is not null and "trademark"."supportActivities" <> ? and "trademark"."markType" in (?, ?, ?) group by "record"."demo"
  -- SEARCH record USING INDEX record_in_order (kind=? AND status=?)
  -- SEARCH trademark USING INTEGER PRIMARY KEY (rowid=?)
  -- SEARCH record_area EXISTS USING COVERING INDEX record_area_by_code (areaCode=? AND recordId=?)
  -- USE TEMP B-TREE FOR GROUP BY

select "record"."demo", count(*) as "n" from "record" inner join "trademark" on "trademark"."recordId" = "record"."id" where "record"."kind" = ? and "record"."status" = ? and exists (select "record_area"."areaCode" from "record_area" where "record_area"."recordId" = "record"."id" and "record_area"."areaCode" in (?)) and "trademark"."grantedOn" is not null and "trademark"."supportActivities" <> ? and "trademark"."markType" in (?) group by "record"."demo"
  -- SEARCH record USING INDEX record_in_order (kind=? AND status=?)
  -- SEARCH trademark USING INTEGER PRIMARY KEY (rowid=?)
  -- SEARCH record_area EXISTS USING COVERING INDEX record_area_by_code (areaCode=? AND recordId=?)
  -- USE TEMP B-TREE FOR GROUP BY

select date("connection"."acceptedAt", '+7 hours') as "day", max(record.demo, coalesce(asker.demo, 0)) as "demo", count(*) as "n" from "connection" inner join "record" on "record"."id" = "connection"."recordId" left join "record" as "asker" on "asker"."id" = "connection"."askerRecordId" where connection."acceptedAt" > '' group by "day", max(record.demo, coalesce(asker.demo, 0))
  -- SEARCH connection USING INDEX connection_by_acceptance (acceptedAt>?)
  -- SEARCH record USING INTEGER PRIMARY KEY (rowid=?)
  -- SEARCH asker USING INTEGER PRIMARY KEY (rowid=?) LEFT-JOIN
  -- USE TEMP B-TREE FOR GROUP BY

select date("connection"."endedAt", '+7 hours') as "day", max(record.demo, coalesce(asker.demo, 0)) as "demo", count(*) as "n" from "connection" inner join "record" on "record"."id" = "connection"."recordId" left join "record" as "asker" on "asker"."id" = "connection"."askerRecordId" where connection.state = 'agreement' group by "day", max(record.demo, coalesce(asker.demo, 0))
  -- SEARCH connection USING INDEX connection_by_state (state=?)
  -- SEARCH record USING INTEGER PRIMARY KEY (rowid=?)
  -- SEARCH asker USING INTEGER PRIMARY KEY (rowid=?) LEFT-JOIN
  -- USE TEMP B-TREE FOR GROUP BY

select "id", "indicator", "period", "value", "demo", "source", "at" from "indicator_value" where "id" in (select max("each"."id") as "id" from "indicator_value" as "each" group by "each"."indicator", "each"."period") order by "indicator", "period"
  -- SEARCH indicator_value USING INTEGER PRIMARY KEY (rowid=?)
  -- LIST SUBQUERY 1
  -- SCAN each USING COVERING INDEX indicator_value_by_period
  -- USE TEMP B-TREE FOR ORDER BY

insert into "indicator_value" ("indicator", "period", "value", "demo", "source", "enteredBy", "at") values (?, ?, ?, ?, ?, ?, ?)


select "id", "indicator", "period", "value", "demo", "source", "at" from "indicator_value" where "id" in (select max("each"."id") as "id" from "indicator_value" as "each" where "each"."at" <= ? group by "each"."indicator", "each"."period") order by "indicator", "period"
  -- SEARCH indicator_value USING INTEGER PRIMARY KEY (rowid=?)
  -- LIST SUBQUERY 1
  -- SCAN each USING INDEX indicator_value_by_period
  -- USE TEMP B-TREE FOR ORDER BY

select "indicator_value"."id", "period", "value", "demo", "source", "at", "user"."name" from "indicator_value" left join "user" on "user"."id" = "indicator_value"."enteredBy" where "indicator" = ? order by "indicator_value"."id" desc limit ?
  -- SEARCH indicator_value USING INDEX indicator_value_by_period (indicator=?)
  -- SEARCH user USING INDEX sqlite_autoindex_user_1 (id=?) LEFT-JOIN
  -- USE TEMP B-TREE FOR ORDER BY

select "record"."kind", "record"."slug" from "policy" inner join "record" on "record"."id" = "policy"."recordId" where "policy"."number" = ? and "record"."status" = ?
  -- SEARCH policy USING COVERING INDEX sqlite_autoindex_policy_1 (number=?)
  -- SEARCH record USING INTEGER PRIMARY KEY (rowid=?)

select "kind", count(*) as "n" from "record" where "kind" in (?, ?, ?, ?, ?, ?, ?, ?) and "status" = ? and "publishedAt" >= ? and "publishedAt" < ? and "demo" = ? group by "kind"
  -- SEARCH record USING INDEX record_by_publication (status=? AND kind=? AND publishedAt>? AND publishedAt<?)

select "connection"."createdAt", "connection"."acceptedAt", "connection"."state", (select min("event"."at") as "at" from "connection_event" as "event" where "event"."connectionId" = "connection"."id" and "event"."action" in (?, ?, ?, ?) and ("event"."side" = ? or ("event"."side" = ? and "connection"."origin" = ?))) as "answeredAt" from "connection" inner join "record" on "record"."id" = "connection"."recordId" left join "record" as "asker" on "asker"."id" = "connection"."askerRecordId" where "connection"."createdAt" >= ? and "connection"."createdAt" < ? and (true or true) and "record"."demo" = ? and ("asker"."demo" is null or "asker"."demo" = ?)
  -- SEARCH connection USING INDEX connection_by_creation (createdAt>? AND createdAt<?)
  -- SEARCH record USING INTEGER PRIMARY KEY (rowid=?)
  -- SEARCH asker USING INTEGER PRIMARY KEY (rowid=?) LEFT-JOIN
  -- CORRELATED SCALAR SUBQUERY 1
  -- SEARCH event USING INDEX connection_event_by_connection (connectionId=?)

select "record"."title", "record"."titleEn", "asker"."title" as "askerTitle", "asker"."titleEn" as "askerTitleEn", "connection"."endedAt", "connection"."agreementKind", "connection"."agreementVnd" from "connection" inner join "record" on "record"."id" = "connection"."recordId" left join "record" as "asker" on "asker"."id" = "connection"."askerRecordId" where "connection"."state" = ? and "connection"."endedAt" >= ? and "connection"."endedAt" < ? and "record"."demo" = ? and ("asker"."demo" is null or "asker"."demo" = ?) order by "connection"."endedAt", "connection"."id"
  -- SEARCH connection USING INDEX connection_by_state (state=?)
  -- SEARCH record USING INTEGER PRIMARY KEY (rowid=?)
  -- SEARCH asker USING INTEGER PRIMARY KEY (rowid=?) LEFT-JOIN
  -- USE TEMP B-TREE FOR ORDER BY

select "record"."kind", substr("fieldCode", 1, 1) as "code", count(distinct "record"."id") as "n" from "record" inner join "record_field" on "record_field"."recordId" = "record"."id" where "record"."kind" in (?, ?) and "record"."status" = ? and "record"."demo" = ? group by "record"."kind", "code"
  -- SEARCH record USING INDEX record_in_order (kind=? AND status=?)
  -- SEARCH record_field USING PRIMARY KEY (recordId=?)
  -- USE TEMP B-TREE FOR GROUP BY
  -- USE TEMP B-TREE FOR count(DISTINCT)

select "record"."title", "record"."titleEn", own."certificateDate" as "day", own."certificateNumber" as "note" from "record" inner join "enterprise" as "own" on "own"."recordId" = "record"."id" where "record"."kind" = ? and "record"."status" = ? and "record"."demo" = ? and own."certificateDate" between ? and ? and own."certificateStatus" in ('valid', 'expired') and exists (select "areaCode" from "record_area" where "recordId" = "record"."id" and "areaCode" in (?)) order by own."certificateDate", "record"."id"
  -- SEARCH record USING INDEX record_in_order (kind=? AND status=?)
  -- SEARCH own USING INTEGER PRIMARY KEY (rowid=?)
  -- SEARCH record_area EXISTS USING COVERING INDEX record_area_by_code (areaCode=? AND recordId=?)
  -- USE TEMP B-TREE FOR ORDER BY

select "record"."title", "record"."titleEn", date(record."publishedAt", '+7 hours') as "day", null as "note" from "record" inner join "startup" as "own" on "own"."recordId" = "record"."id" where "record"."kind" = ? and "record"."status" = ? and "record"."demo" = ? and date(record."publishedAt", '+7 hours') between ? and ? and exists (select "areaCode" from "record_area" where "recordId" = "record"."id" and "areaCode" in (?)) order by date(record."publishedAt", '+7 hours'), "record"."id"
  -- SEARCH record USING INDEX record_in_order (kind=? AND status=?)
  -- SEARCH own USING INTEGER PRIMARY KEY (rowid=?)
  -- SEARCH record_area EXISTS USING COVERING INDEX record_area_by_code (areaCode=? AND recordId=?)
  -- USE TEMP B-TREE FOR ORDER BY

select "record"."title", "record"."titleEn", own."grantedOn" as "day", own."registrationNumber" as "note" from "record" inner join "trademark" as "own" on "own"."recordId" = "record"."id" where "record"."kind" = ? and "record"."status" = ? and "record"."demo" = ? and own."grantedOn" between ? and ? and exists (select "areaCode" from "record_area" where "recordId" = "record"."id" and "areaCode" in (?)) order by own."grantedOn", "record"."id"
  -- SEARCH record USING INDEX record_in_order (kind=? AND status=?)
  -- SEARCH own USING INTEGER PRIMARY KEY (rowid=?)
  -- SEARCH record_area EXISTS USING COVERING INDEX record_area_by_code (areaCode=? AND recordId=?)
  -- USE TEMP B-TREE FOR ORDER BY

select "record"."title", "record"."titleEn", date(record."publishedAt", '+7 hours') as "day", own."taskCode" as "note" from "record" inner join "achievement" as "own" on "own"."recordId" = "record"."id" where "record"."kind" = ? and "record"."status" = ? and "record"."demo" = ? and date(record."publishedAt", '+7 hours') between ? and ? order by date(record."publishedAt", '+7 hours'), "record"."id"
  -- SEARCH record USING INDEX record_in_order (kind=? AND status=?)
  -- SEARCH own USING INTEGER PRIMARY KEY (rowid=?)
  -- USE TEMP B-TREE FOR ORDER BY

select "report"."id", "report"."period", "report"."version", "report"."at", "user"."name" from "report" left join "user" on "user"."id" = "report"."frozenBy" order by "report"."id" desc limit ?
  -- SCAN report
  -- SEARCH user USING INDEX sqlite_autoindex_user_1 (id=?) LEFT-JOIN

select "data", "at", "version" from "report" where "period" = ? and "version" = ?
  -- SEARCH report USING INDEX sqlite_autoindex_report_1 (period=? AND version=?)

== the ends of listings

insert into "user" ("id", "email", "name", "passwordHash", "role", "language", "emailVerifiedAt", "totpSecret", "totpConfirmedAt", "createdAt") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
  -- SEARCH personal_data_event USING COVERING INDEX personal_data_event_by_user (userId=?)
  -- SEARCH personal_data_request USING COVERING INDEX personal_data_request_by_user (userId=?)
  -- SEARCH sign_in USING COVERING INDEX sign_in_by_user (userId=?)
  -- SEARCH report USING COVERING INDEX report_by_user (frozenBy=?)
  -- SEARCH indicator_value USING COVERING INDEX indicator_value_by_user (enteredBy=?)
  -- SEARCH digest_link USING COVERING INDEX digest_link_by_user (userId=?)
  -- SEARCH digest_result USING COVERING INDEX sqlite_autoindex_digest_result_1 (userId=?)
  -- SEARCH digest USING COVERING INDEX sqlite_autoindex_digest_1 (userId=?)
  -- SEARCH saved_search USING COVERING INDEX sqlite_autoindex_saved_search_1 (userId=?)
  -- SEARCH statement USING COVERING INDEX statement_by_user (userId=?)
  -- SEARCH member_report USING COVERING INDEX member_report_by_closedBy (closedBy=?)
  -- SEARCH member_report USING COVERING INDEX member_report_by_reporterId (reporterId=?)
  -- SEARCH member_block USING COVERING INDEX member_block_by_blocked (blockedId=?)
  -- SEARCH member_block USING COVERING INDEX sqlite_autoindex_member_block_1 (blockerId=?)
  -- SEARCH connection_link USING COVERING INDEX connection_link_by_user (userId=?)
  -- SEARCH connection_file USING COVERING INDEX connection_file_by_user (userId=?)
  -- SEARCH connection_message USING COVERING INDEX connection_message_by_user (userId=?)
  -- SEARCH connection_event USING COVERING INDEX connection_event_by_user (userId=?)
  -- SEARCH connection USING COVERING INDEX connection_by_brokerAskedBy (brokerAskedBy=?)
  -- SEARCH connection USING COVERING INDEX connection_by_proposedBy (proposedBy=?)
  -- SEARCH connection USING COVERING INDEX connection_by_askerId (askerId=?)
  -- SEARCH review_text USING COVERING INDEX review_text_by_creator (createdBy=?)
  -- SEARCH invitation USING COVERING INDEX invitation_by_inviter (invitedBy=?)
  -- SEARCH manage_request USING COVERING INDEX manage_request_by_user (userId=?)
  -- SEARCH renewal_link USING COVERING INDEX renewal_link_by_user (userId=?)
  -- SEARCH picture USING INDEX picture_by_uploadedBy (uploadedBy=?)
  -- SEARCH revision USING COVERING INDEX revision_by_claimedBy (claimedBy=?)
  -- SEARCH revision USING COVERING INDEX revision_by_authorId (authorId=?)
  -- SEARCH record_member USING COVERING INDEX record_member_by_user (userId=?)
  -- SEARCH recovery_code USING COVERING INDEX sqlite_autoindex_recovery_code_1 (userId=?)
  -- SEARCH one_time_token USING COVERING INDEX one_time_token_by_user (userId=?)
  -- SEARCH session USING COVERING INDEX session_by_user (userId=?)
  -- SEARCH user_consent USING COVERING INDEX sqlite_autoindex_user_consent_1 (userId=?)

select "recordId" from "need" order by "expiresOn" limit ?
  -- SCAN need USING COVERING INDEX need_by_expiry

insert into "record_member" ("recordId", "userId") values (?, ?)


select "record"."id", "record"."title", "record"."status", "record"."publishedAt", "own"."expiresOn" as "expiresOn" from "offer" as "own" inner join "record" on "record"."id" = "own"."recordId" where "own"."expiresOn" >= ? and "own"."expiresOn" <= ? and +record.status = ? and ("record"."demo" = ? or exists (select "member"."userId" from "record_member" as "member" where "member"."recordId" = "record"."id"))
  -- SEARCH own USING COVERING INDEX offer_by_expiry (expiresOn>? AND expiresOn<?)
  -- SEARCH record USING INTEGER PRIMARY KEY (rowid=?)
  -- CORRELATED SCALAR SUBQUERY 1
  -- SEARCH member USING COVERING INDEX sqlite_autoindex_record_member_1 (recordId=?)

select "record"."id", "record"."title", "record"."status", "record"."publishedAt", "own"."expiresOn" as "expiresOn" from "offer" as "own" inner join "record" on "record"."id" = "own"."recordId" where "own"."expiresOn" >= ? and "own"."expiresOn" <= ? and +record.status = ? and exists (select "member"."userId" from "record_member" as "member" where "member"."recordId" = "record"."id" and not exists (select "link"."hash" from "renewal_link" as "link" where "link"."recordId" = "member"."recordId" and "link"."userId" = "member"."userId" and "link"."expiresOn" = "own"."expiresOn" and "link"."reminder" = ?))
  -- SEARCH own USING COVERING INDEX offer_by_expiry (expiresOn>? AND expiresOn<?)
  -- SEARCH record USING INTEGER PRIMARY KEY (rowid=?)
  -- SEARCH member EXISTS USING COVERING INDEX sqlite_autoindex_record_member_1 (recordId=?)
  -- CORRELATED SCALAR SUBQUERY 1
  -- SEARCH link USING INDEX sqlite_autoindex_renewal_link_2 (recordId=? AND userId=? AND expiresOn=? AND reminder=?)

select "record"."id", "record"."title", "record"."status", "record"."publishedAt", "own"."expiresOn" as "expiresOn" from "need" as "own" inner join "record" on "record"."id" = "own"."recordId" where "own"."expiresOn" >= ? and "own"."expiresOn" <= ? and +record.status = ? and ("record"."demo" = ? or exists (select "member"."userId" from "record_member" as "member" where "member"."recordId" = "record"."id"))
  -- SEARCH own USING COVERING INDEX need_by_expiry (expiresOn>? AND expiresOn<?)
  -- SEARCH record USING INTEGER PRIMARY KEY (rowid=?)
  -- CORRELATED SCALAR SUBQUERY 1
  -- SEARCH member USING COVERING INDEX sqlite_autoindex_record_member_1 (recordId=?)

select "record"."id", "record"."title", "record"."status", "record"."publishedAt", "own"."expiresOn" as "expiresOn" from "need" as "own" inner join "record" on "record"."id" = "own"."recordId" where "own"."expiresOn" >= ? and "own"."expiresOn" <= ? and +record.status = ? and ("record"."demo" = ? or exists (select "member"."userId" from "record_member" as "member" where "member"."recordId" = "record"."id")) and "record"."id" = ?
  -- SEARCH own USING INTEGER PRIMARY KEY (rowid=?)
  -- SEARCH record USING INTEGER PRIMARY KEY (rowid=?)
  -- CORRELATED SCALAR SUBQUERY 1
  -- SEARCH member USING COVERING INDEX sqlite_autoindex_record_member_1 (recordId=?)

update "record" set "status" = ?, "updatedAt" = ?, "version" = "version" + ? where "id" = ?
  -- SEARCH record USING INTEGER PRIMARY KEY (rowid=?)

select "fromId" from "record_link" where "toId" in (?)
  -- SEARCH record_link USING COVERING INDEX record_link_back (toId=?)

insert into "outbox" ("recordId", "createdAt") values (?, ?)


select "user"."id", "user"."email", "user"."language" from "record_member" inner join "user" on "user"."id" = "record_member"."userId" where "record_member"."recordId" = ?
  -- SEARCH record_member USING COVERING INDEX sqlite_autoindex_record_member_1 (recordId=?)
  -- SEARCH user USING INDEX sqlite_autoindex_user_1 (id=?)

insert into "renewal_link" ("recordId", "userId", "expiresOn", "reminder", "worksUntil", "hash") values (?, ?, ?, ?, ?, ?) on conflict do nothing


insert into "mail" ("cause", "recipient", "language", "subject", "text", "html", "headers", "createdAt", "lastError", "forget") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict ("cause") do nothing


select "record"."id", "record"."title", "record"."status", "record"."publishedAt", "own"."expiresOn" as "expiresOn" from "need" as "own" inner join "record" on "record"."id" = "own"."recordId" where "own"."expiresOn" >= ? and "own"."expiresOn" <= ? and +record.status = ? and exists (select "member"."userId" from "record_member" as "member" where "member"."recordId" = "record"."id" and not exists (select "link"."hash" from "renewal_link" as "link" where "link"."recordId" = "member"."recordId" and "link"."userId" = "member"."userId" and "link"."expiresOn" = "own"."expiresOn" and "link"."reminder" = ?))
  -- SEARCH own USING COVERING INDEX need_by_expiry (expiresOn>? AND expiresOn<?)
  -- SEARCH record USING INTEGER PRIMARY KEY (rowid=?)
  -- SEARCH member EXISTS USING COVERING INDEX sqlite_autoindex_record_member_1 (recordId=?)
  -- CORRELATED SCALAR SUBQUERY 1
  -- SEARCH link USING INDEX sqlite_autoindex_renewal_link_2 (recordId=? AND userId=? AND expiresOn=? AND reminder=?)

select "record"."id", "record"."title", "record"."status", "record"."publishedAt", "own"."expiresOn" as "expiresOn" from "need" as "own" inner join "record" on "record"."id" = "own"."recordId" where "own"."expiresOn" >= ? and "own"."expiresOn" <= ? and +record.status = ? and exists (select "member"."userId" from "record_member" as "member" where "member"."recordId" = "record"."id" and not exists (select "link"."hash" from "renewal_link" as "link" where "link"."recordId" = "member"."recordId" and "link"."userId" = "member"."userId" and "link"."expiresOn" = "own"."expiresOn" and "link"."reminder" = ?)) and "record"."id" = ?
  -- SEARCH own USING INTEGER PRIMARY KEY (rowid=?)
  -- SEARCH record USING INTEGER PRIMARY KEY (rowid=?)
  -- SEARCH member EXISTS USING COVERING INDEX sqlite_autoindex_record_member_1 (recordId=?)
  -- CORRELATED SCALAR SUBQUERY 1
  -- SEARCH link USING INDEX sqlite_autoindex_renewal_link_2 (recordId=? AND userId=? AND expiresOn=? AND reminder=?)

select "record"."id", "record"."kind", "record"."slug", "record"."title", "record"."status", "record"."publishedAt", coalesce("offer"."expiresOn", "need"."expiresOn") as "expiresOn" from "record" left join "offer" on "offer"."recordId" = "record"."id" left join "need" on "need"."recordId" = "record"."id" inner join "renewal_link" as "link" on "link"."recordId" = "record"."id" inner join "record_member" as "member" on "member"."recordId" = "link"."recordId" and "member"."userId" = "link"."userId" where "link"."hash" = ? and "link"."worksUntil" >= ?
  -- SEARCH link USING INDEX sqlite_autoindex_renewal_link_1 (hash=?)
  -- SEARCH record USING INTEGER PRIMARY KEY (rowid=?)
  -- SEARCH member USING COVERING INDEX sqlite_autoindex_record_member_1 (recordId=? AND userId=?)
  -- SEARCH offer USING INTEGER PRIMARY KEY (rowid=?) LEFT-JOIN
  -- SEARCH need USING INTEGER PRIMARY KEY (rowid=?) LEFT-JOIN

select "record"."id", "record"."kind", "record"."slug", "record"."title", "record"."status", "record"."publishedAt", coalesce("offer"."expiresOn", "need"."expiresOn") as "expiresOn" from "record" left join "offer" on "offer"."recordId" = "record"."id" left join "need" on "need"."recordId" = "record"."id" where "record"."id" = ?
  -- SEARCH record USING INTEGER PRIMARY KEY (rowid=?)
  -- SEARCH offer USING INTEGER PRIMARY KEY (rowid=?) LEFT-JOIN
  -- SEARCH need USING INTEGER PRIMARY KEY (rowid=?) LEFT-JOIN

select "record"."id", "record"."kind", "record"."slug", "record"."title", "record"."status", "record"."publishedAt", coalesce("offer"."expiresOn", "need"."expiresOn") as "expiresOn" from "record" left join "offer" on "offer"."recordId" = "record"."id" left join "need" on "need"."recordId" = "record"."id" inner join "record_member" as "member" on "member"."recordId" = "record"."id" where "member"."userId" = ? and "record"."externalId" is null and "record"."sourceText" is null and not exists (select "other"."userId" from "record_member" as "other" where "other"."recordId" = "record"."id" and "other"."userId" <> ?)
  -- SEARCH member USING INDEX record_member_by_user (userId=?)
  -- SEARCH record USING INTEGER PRIMARY KEY (rowid=?)
  -- CORRELATED SCALAR SUBQUERY 1
  -- SEARCH other USING COVERING INDEX sqlite_autoindex_record_member_1 (recordId=?)
  -- SEARCH offer USING INTEGER PRIMARY KEY (rowid=?) LEFT-JOIN
  -- SEARCH need USING INTEGER PRIMARY KEY (rowid=?) LEFT-JOIN

== pictures

insert into "picture" ("recordId", "hash", "uploadedBy", "createdAt") values (?, ?, ?, ?)


select "record"."id", "record"."status", "record"."logo", "record"."photos" from "picture" inner join "record" on "record"."id" = "picture"."recordId" where "picture"."hash" = ?
  -- SEARCH picture USING COVERING INDEX picture_by_hash (hash=?)
  -- SEARCH record USING INTEGER PRIMARY KEY (rowid=?)

select "article"."status", "article"."photos" from "article_picture" inner join "article" on "article"."id" = "article_picture"."articleId" where "article_picture"."hash" = ?
  -- SEARCH article_picture USING COVERING INDEX article_picture_by_hash (hash=?)
  -- SEARCH article USING INTEGER PRIMARY KEY (rowid=?)

select "userId" from "record_member" where "recordId" in (?)
  -- SEARCH record_member USING COVERING INDEX sqlite_autoindex_record_member_1 (recordId=?)

select "picture"."recordId", "picture"."hash", "record"."logo", "record"."photos", (select "revision"."form" from "revision" where "revision"."recordId" = "picture"."recordId" order by "revision"."id" desc limit ?) as "form" from "picture" inner join "record" on "record"."id" = "picture"."recordId" where ("picture"."recordId", "picture"."hash") > (?, ?) and "picture"."createdAt" < ? order by "picture"."recordId", "picture"."hash" limit ?
  -- SEARCH picture USING PRIMARY KEY ((recordId,hash)>(?,?))
  -- SEARCH record USING INTEGER PRIMARY KEY (rowid=?)
  -- CORRELATED SCALAR SUBQUERY 1
  -- SEARCH revision USING INDEX revision_by_recordId (recordId=?)

delete from "picture" where "recordId" = ? and "hash" = ? and "createdAt" < ?
  -- SEARCH picture USING PRIMARY KEY (recordId=? AND hash=?)

select "hash" from "picture" where "hash" in (?) union select "hash" from "article_picture" where "hash" in (?)
  -- MERGE (UNION)
  -- LEFT
  -- SEARCH picture USING COVERING INDEX picture_by_hash (hash=?)
  -- RIGHT
  -- SEARCH article_picture USING COVERING INDEX article_picture_by_hash (hash=?)

== open data, changes and feeds

select * from "field" order by "code"
  -- SCAN field USING INDEX sqlite_autoindex_field_1

select * from "area" order by "code"
  -- SCAN area USING INDEX sqlite_autoindex_area_1

select * from "area_former_name"
  -- SCAN area_former_name

select * from "vsic_section" order by "code"
  -- SCAN vsic_section USING INDEX sqlite_autoindex_vsic_section_1

select * from "nice_class"
  -- SCAN nice_class

select "id" from "record" where "kind" = ? and "status" = ? and "id" > ? order by "id" limit ?
  -- SEARCH record USING COVERING INDEX record_in_order (kind=? AND status=? AND id>?)

select "record".*, (select json_group_array("fieldCode") as "codes" from "record_field" where "record_field"."recordId" = "record"."id") as "fieldCodes", (select json_group_array("areaCode") as "codes" from "record_area" where "record_area"."recordId" = "record"."id") as "areaCodes", (select coalesce(json_group_array(json_object('id', "agg"."id", 'relation', "agg"."relation", 'kind', "agg"."kind", 'slug', "agg"."slug", 'title', "agg"."title", 'titleEn', "agg"."titleEn")), '[]') from (select "target"."id", "link"."relation", "target"."kind", "target"."slug", "target"."title", "target"."titleEn" from "record_link" as "link" inner join "record" as "target" on "target"."id" = "link"."toId" where "link"."fromId" = "record"."id" and "target"."status" = ?) as agg) as "links" from "record" where "record"."id" in (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
  -- SEARCH record USING INTEGER PRIMARY KEY (rowid=?)
  -- CORRELATED SCALAR SUBQUERY 1
  -- SEARCH record_field USING PRIMARY KEY (recordId=?)
  -- CORRELATED SCALAR SUBQUERY 2
  -- SEARCH record_area USING PRIMARY KEY (recordId=?)
  -- CORRELATED SCALAR SUBQUERY 4
  -- SEARCH link USING PRIMARY KEY (fromId=?)
  -- SEARCH target USING INTEGER PRIMARY KEY (rowid=?)

select * from "offer" where "recordId" in (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
  -- SEARCH offer USING INTEGER PRIMARY KEY (rowid=?)

select "seq", "changedAt" from "record_change" where "kind" = ? order by "seq" desc limit ?
  -- SEARCH record_change USING INDEX record_change_by_kind (kind=?)

select * from "record_change" order by "seq" limit ?
  -- SCAN record_change USING INDEX sqlite_autoindex_record_change_1

select "record".*, (select json_group_array("fieldCode") as "codes" from "record_field" where "record_field"."recordId" = "record"."id") as "fieldCodes", (select json_group_array("areaCode") as "codes" from "record_area" where "record_area"."recordId" = "record"."id") as "areaCodes", (select coalesce(json_group_array(json_object('id', "agg"."id", 'relation', "agg"."relation", 'kind', "agg"."kind", 'slug', "agg"."slug", 'title', "agg"."title", 'titleEn', "agg"."titleEn")), '[]') from (select "target"."id", "link"."relation", "target"."kind", "target"."slug", "target"."title", "target"."titleEn" from "record_link" as "link" inner join "record" as "target" on "target"."id" = "link"."toId" where "link"."fromId" = "record"."id" and "target"."status" = ?) as agg) as "links" from "record" where "record"."id" in (?, ?)
  -- SEARCH record USING INTEGER PRIMARY KEY (rowid=?)
  -- CORRELATED SCALAR SUBQUERY 1
  -- SEARCH record_field USING PRIMARY KEY (recordId=?)
  -- CORRELATED SCALAR SUBQUERY 2
  -- SEARCH record_area USING PRIMARY KEY (recordId=?)
  -- CORRELATED SCALAR SUBQUERY 4
  -- SEARCH link USING PRIMARY KEY (fromId=?)
  -- SEARCH target USING INTEGER PRIMARY KEY (rowid=?)

select * from "policy" where "recordId" in (?, ?)
  -- SEARCH policy USING INTEGER PRIMARY KEY (rowid=?)

select "recordId", "originId", "originCatalogue", "harvested_record"."url", "harvest_source"."name" from "harvested_record" inner join "harvest_source" on "harvest_source"."id" = "harvested_record"."sourceId" where "recordId" in (?, ?)
  -- SEARCH harvested_record USING INDEX harvested_by_record (recordId=?)
  -- SEARCH harvest_source USING INTEGER PRIMARY KEY (rowid=?)

select * from "record_change" where "seq" > ? order by "seq" limit ?
  -- SEARCH record_change USING INDEX sqlite_autoindex_record_change_1 (seq>?)

select min("seq") as "seq" from "record_change" where "changedAt" >= ?
  -- SEARCH record_change USING INDEX sqlite_autoindex_record_change_1

select * from "record_change" where "kind" in (?) and "seq" > ? order by "seq" limit ?
  -- SEARCH record_change USING INDEX record_change_by_kind (kind=? AND seq>?)

select * from "offer" where "recordId" in (?, ?)
  -- SEARCH offer USING INTEGER PRIMARY KEY (rowid=?)

select max("seq") as "seq" from "record_change"
  -- SEARCH record_change USING COVERING INDEX sqlite_autoindex_record_change_1

== the harvest

insert into "harvest_source" ("name", "url", "format", "kinds", "everyHours", "active", "createdAt", "lastRunAt", "lastError", "catalogue", "cursor") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) returning *
  -- SEARCH harvested_record USING COVERING INDEX harvested_of_source (sourceId=?)

select * from "field" order by "code"
  -- SCAN field USING INDEX sqlite_autoindex_field_1

select * from "area" order by "code"
  -- SCAN area USING INDEX sqlite_autoindex_area_1

select * from "area_former_name"
  -- SCAN area_former_name

select * from "vsic_section" order by "code"
  -- SCAN vsic_section USING INDEX sqlite_autoindex_vsic_section_1

select * from "nice_class"
  -- SCAN nice_class

select * from "harvest_source" where "active" = 1 and "nextRunAt" <= ?
  -- SEARCH harvest_source USING INDEX harvest_source_due (active=? AND nextRunAt<?)

select "sourceId" from "harvested_record" where "originId" = ?
  -- SEARCH harvested_record USING INDEX sqlite_autoindex_harvested_record_1 (originId=?)

select "harvested"."originId", "record"."kind", "record"."slug" from "harvested_record" as "harvested" inner join "record" on "record"."id" = "harvested"."recordId" where "harvested"."originId" in (?) and "record"."status" = ?
  -- SEARCH harvested USING INDEX sqlite_autoindex_harvested_record_1 (originId=?)
  -- SEARCH record USING INTEGER PRIMARY KEY (rowid=?)

select "slug" from "record" where "kind" = ? and "id" <> ? and "slug" >= ? and "slug" < ? union select "slug" from "record_old_slug" where "kind" = ? and "slug" >= ? and "slug" < ?
  -- MERGE (UNION)
  -- LEFT
  -- SEARCH record USING COVERING INDEX sqlite_autoindex_record_1 (kind=? AND slug>? AND slug<?)
  -- RIGHT
  -- SEARCH record_old_slug USING COVERING INDEX sqlite_autoindex_record_old_slug_1 (kind=? AND slug>? AND slug<?)

insert into "record" ("externalId", "titleEn", "summaryEn", "body", "website", "publishedAt", "contactName", "contactEmail", "contactPhone", "contactVisibility", "kind", "slug", "title", "summary", "keywords", "status", "demo", "sourceText", "sourceUrl", "createdAt", "updatedAt") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) returning "id"
  -- SEARCH harvested_record USING COVERING INDEX harvested_by_record (recordId=?)
  -- SEARCH need_match USING COVERING INDEX need_match_by_best (bestId=?)
  -- SEARCH need_match USING INTEGER PRIMARY KEY (rowid=?)
  -- SEARCH digest_result USING COVERING INDEX digest_result_by_record (recordId=?)
  -- SEARCH publication USING INTEGER PRIMARY KEY (rowid=?)
  -- SEARCH statement USING COVERING INDEX statement_by_record (recordId=?)
  -- SEARCH connection USING COVERING INDEX connection_by_askerRecordId (askerRecordId=?)
  -- SEARCH connection USING COVERING INDEX connection_by_recordId (recordId=?)
  -- SEARCH invitation USING COVERING INDEX sqlite_autoindex_invitation_2 (recordId=?)
  -- SEARCH manage_request USING COVERING INDEX manage_request_by_record (recordId=?)
  -- SEARCH renewal_link USING COVERING INDEX sqlite_autoindex_renewal_link_2 (recordId=?)
  -- SEARCH picture USING PRIMARY KEY (recordId=?)
  -- SEARCH revision USING COVERING INDEX revision_by_recordId (recordId=?)
  -- SEARCH record_member USING COVERING INDEX sqlite_autoindex_record_member_1 (recordId=?)
  -- SEARCH record_old_slug USING COVERING INDEX record_old_slug_by_record (recordId=?)
  -- SEARCH record_link USING COVERING INDEX record_link_back (toId=?)
  -- SEARCH record_link USING PRIMARY KEY (fromId=?)
  -- SEARCH record_area USING PRIMARY KEY (recordId=?)
  -- SEARCH record_field USING PRIMARY KEY (recordId=?)
  -- SEARCH policy USING INTEGER PRIMARY KEY (rowid=?)
  -- SEARCH achievement USING INTEGER PRIMARY KEY (rowid=?)
  -- SEARCH need USING INTEGER PRIMARY KEY (rowid=?)
  -- SEARCH offer USING INTEGER PRIMARY KEY (rowid=?)
  -- SEARCH trademark USING INTEGER PRIMARY KEY (rowid=?)
  -- SEARCH expert USING INTEGER PRIMARY KEY (rowid=?)
  -- SEARCH organisation USING INTEGER PRIMARY KEY (rowid=?)
  -- SEARCH startup USING INTEGER PRIMARY KEY (rowid=?)
  -- SEARCH enterprise USING INTEGER PRIMARY KEY (rowid=?)

insert into "revision" ("recordId", "createdAt", "submittedAt", "authorId", "decidedAt", "claimedBy", "claimedAt", "form", "updatedAt", "state", "kind", "isChange", "foldedTitle") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) returning "id"
  -- SEARCH harvested_record USING COVERING INDEX harvested_by_revision (revisionId=?)

insert into "harvested_record" ("sourceId", "remoteId", "kind", "url", "originCatalogue", "originId", "harvestedAt", "recordId", "revisionId", "baseForm", "state", "notes", "latestForm", "proposedForm") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict ("sourceId", "remoteId") do update set "kind" = ?, "url" = ?, "originCatalogue" = ?, "originId" = ?, "harvestedAt" = ?, "recordId" = ?, "revisionId" = ?, "baseForm" = ?, "state" = ?, "notes" = ?, "latestForm" = ?, "proposedForm" = ?


select * from "harvested_record" where "sourceId" = ? and "state" = ? limit ?
  -- SEARCH harvested_record USING INDEX harvested_of_source (sourceId=? AND state=?)

select * from "harvest_source" order by "id"
  -- SCAN harvest_source

select "harvested"."sourceId", "harvested"."remoteId", "harvested"."url", "harvested"."notes", "harvested"."state", "harvested"."kind", "harvested"."harvestedAt", "source"."name" as "sourceName", "record"."id" as "recordId", "record"."title", "record"."slug", "record"."status" from "harvested_record" as "harvested" inner join "harvest_source" as "source" on "source"."id" = "harvested"."sourceId" left join "record" on "record"."id" = "harvested"."recordId" where "harvested"."state" = ? and "record"."status" in (?, ?) order by "harvested"."harvestedAt" desc limit ?
  -- SEARCH harvested USING INDEX harvested_by_state (state=?)
  -- SEARCH source USING INTEGER PRIMARY KEY (rowid=?)
  -- SEARCH record USING INTEGER PRIMARY KEY (rowid=?)

select "harvested"."sourceId", "harvested"."remoteId", "harvested"."url", "harvested"."notes", "harvested"."state", "harvested"."kind", "harvested"."harvestedAt", "source"."name" as "sourceName", "record"."id" as "recordId", "record"."title", "record"."slug", "record"."status" from "harvested_record" as "harvested" inner join "harvest_source" as "source" on "source"."id" = "harvested"."sourceId" left join "record" on "record"."id" = "harvested"."recordId" where "harvested"."state" in (?, ?, ?) order by "harvested"."harvestedAt" desc limit ?
  -- SEARCH harvested USING INDEX harvested_by_state (state=?)
  -- SEARCH source USING INTEGER PRIMARY KEY (rowid=?)
  -- SEARCH record USING INTEGER PRIMARY KEY (rowid=?) LEFT-JOIN
  -- USE TEMP B-TREE FOR ORDER BY

select "harvested"."sourceId", "harvested"."remoteId", "harvested"."url", "harvested"."notes", "harvested"."state", "harvested"."kind", "harvested"."harvestedAt", "source"."name" as "sourceName", "record"."id" as "recordId", "record"."title", "record"."slug", "record"."status" from "harvested_record" as "harvested" inner join "harvest_source" as "source" on "source"."id" = "harvested"."sourceId" left join "record" on "record"."id" = "harvested"."recordId" where "harvested"."recordId" = ?
  -- SEARCH harvested USING INDEX harvested_by_record (recordId=?)
  -- SEARCH source USING INTEGER PRIMARY KEY (rowid=?)
  -- SEARCH record USING INTEGER PRIMARY KEY (rowid=?) LEFT-JOIN

== sessions and mail

select "session"."userId", "session"."expiresAt", "session"."createdAt", "session"."userAgent", "session"."twoFactor", "user"."email", "user"."name", "user"."role", "user"."language", "user"."emailVerifiedAt", "user"."totpConfirmedAt" from "session" inner join "user" on "user"."id" = "session"."userId" where "session"."id" = ? and "user"."blockedAt" is null
  -- SEARCH session USING INDEX sqlite_autoindex_session_1 (id=?)
  -- SEARCH user USING INDEX sqlite_autoindex_user_1 (id=?)

select "id", "createdAt", "userAgent" from "session" where "userId" = ? and "expiresAt" > ? order by "createdAt" desc
  -- SEARCH session USING INDEX session_by_user (userId=?)
  -- USE TEMP B-TREE FOR ORDER BY

delete from "session" where "expiresAt" <= ?
  -- SEARCH session USING COVERING INDEX session_by_expiry (expiresAt<?)

select * from "mail" where "state" = ? and "nextAttemptAt" <= ? order by "nextAttemptAt" limit ?
  -- SEARCH mail USING INDEX mail_by_state (state=? AND nextAttemptAt<?)

update "mail" set "state" = ?, "attempts" = ? where "id" = ? and "state" = ?
  -- SEARCH mail USING INTEGER PRIMARY KEY (rowid=?)

update "mail" set "state" = ?, "lastError" = ? where "id" = ?
  -- SEARCH mail USING INTEGER PRIMARY KEY (rowid=?)

== connections

select * from "record" where "id" = ?
  -- SEARCH record USING INTEGER PRIMARY KEY (rowid=?)

select "user"."id", "user"."name", "user"."email", "user"."language" from "record_member" inner join "user" on "user"."id" = "record_member"."userId" where "record_member"."recordId" = ? order by "user"."name"
  -- SEARCH record_member USING COVERING INDEX sqlite_autoindex_record_member_1 (recordId=?)
  -- SEARCH user USING INDEX sqlite_autoindex_user_1 (id=?)
  -- USE TEMP B-TREE FOR ORDER BY

select "record"."id", "record"."kind", "record"."slug", "record"."title", "record"."titleEn", "record"."demo" from "record_member" inner join "record" on "record"."id" = "record_member"."recordId" where "record_member"."userId" = ? and "record"."status" = ? order by "record"."title"
  -- SEARCH record_member USING INDEX record_member_by_user (userId=?)
  -- SEARCH record USING INTEGER PRIMARY KEY (rowid=?)
  -- USE TEMP B-TREE FOR ORDER BY

select "id" from "connection" where "askerId" = ? and "recordId" = ? and "state" in (?, ?, ?, ?, ?)
  -- SEARCH connection USING INDEX connection_by_recordId (recordId=?)

select "connectingStoppedAt" from "user" where "id" = ?
  -- SEARCH user USING INDEX sqlite_autoindex_user_1 (id=?)

select "at" from "member_block" where (("blockerId" = ? and "blockedId" in (?)) or ("blockedId" = ? and "blockerId" in (?))) limit ?
  -- MULTI-INDEX OR
  -- INDEX 1
  -- SEARCH member_block USING INDEX sqlite_autoindex_member_block_1 (blockerId=? AND blockedId=?)
  -- INDEX 2
  -- SEARCH member_block USING INDEX sqlite_autoindex_member_block_1 (blockerId=? AND blockedId=?)

insert into "rate_limit" ("bucket", "used", "endsAt") values (?, ?, ?) on conflict ("bucket") do update set "used" = case when rate_limit."endsAt" <= ? then 1 else rate_limit.used + 1 end, "endsAt" = case when rate_limit."endsAt" <= ? then ? else rate_limit."endsAt" end returning "used"


insert into "connection" ("reason", "agreementKind", "agreementVnd", "nextStep", "nextStepOn", "remindedAt", "acceptedAt", "outcomeAskedAt", "endedAt", "recordId", "askerRecordId", "askerId", "origin", "proposedBy", "toDepartment", "purpose", "state", "lastSide", "brokerAskedAt", "brokerAskedBy", "createdAt", "updatedAt") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing returning *
  -- SEARCH member_report USING COVERING INDEX member_report_by_connectionId (connectionId=?)
  -- SEARCH member_block USING COVERING INDEX member_block_by_connection (connectionId=?)
  -- SEARCH connection_link USING COVERING INDEX connection_link_by_connection (connectionId=?)
  -- SEARCH connection_file USING COVERING INDEX connection_file_by_connection (connectionId=?)
  -- SEARCH connection_message USING COVERING INDEX connection_message_by_connection (connectionId=?)
  -- SEARCH connection_event USING COVERING INDEX connection_event_by_connection (connectionId=?)

insert into "connection_event" ("connectionId", "at", "userId", "side", "action", "detail") values (?, ?, ?, ?, ?, ?) returning "id"


insert into "connection_message" ("connectionId", "at", "userId", "side", "text", "formKey") values (?, ?, ?, ?, ?, ?)


select "id", "title", "titleEn" from "record" where "id" in (?)
  -- SEARCH record USING INTEGER PRIMARY KEY (rowid=?)

insert into "connection_link" ("hash", "connectionId", "userId", "usedAt") values (?, ?, ?, ?)


insert into "mail" ("cause", "recipient", "language", "subject", "text", "html", "headers", "createdAt", "lastError", "forget") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict ("cause") do nothing


select * from "connection_link" where "hash" = ?
  -- SEARCH connection_link USING INDEX sqlite_autoindex_connection_link_1 (hash=?)

select * from "connection" where "id" = ?
  -- SEARCH connection USING INTEGER PRIMARY KEY (rowid=?)

select "user"."id" as "userId", "user"."name", "user"."email", "user"."language" from "user" where "id" = ?
  -- SEARCH user USING INDEX sqlite_autoindex_user_1 (id=?)

select "kind", "slug", "title", "titleEn", "status" from "record" where "id" = ?
  -- SEARCH record USING INTEGER PRIMARY KEY (rowid=?)

select "event"."at", "event"."side", "event"."action", "event"."detail", "event"."userId", "user"."name" from "connection_event" as "event" left join "user" on "user"."id" = "event"."userId" where "event"."connectionId" = ? order by "event"."id"
  -- SEARCH event USING INDEX connection_event_by_connection (connectionId=?)
  -- SEARCH user USING INDEX sqlite_autoindex_user_1 (id=?) LEFT-JOIN

select "message"."id", "message"."at", "message"."side", "message"."text", "message"."userId", "user"."name" from "connection_message" as "message" left join "user" on "user"."id" = "message"."userId" where "message"."connectionId" = ? order by "message"."id"
  -- SEARCH message USING INDEX connection_message_by_connection (connectionId=?)
  -- SEARCH user USING INDEX sqlite_autoindex_user_1 (id=?) LEFT-JOIN

select "file"."id", "file"."at", "file"."side", "file"."name" as "fileName", "file"."bytes", "file"."userId", "user"."name" from "connection_file" as "file" left join "user" on "user"."id" = "file"."userId" where "file"."connectionId" = ? order by "file"."at"
  -- SEARCH file USING INDEX connection_file_by_connection (connectionId=?)
  -- SEARCH user USING INDEX sqlite_autoindex_user_1 (id=?) LEFT-JOIN
  -- USE TEMP B-TREE FOR ORDER BY

select "blockedId" from "member_block" where "blockerId" = ? and "blockedId" in (?)
  -- SEARCH member_block USING COVERING INDEX sqlite_autoindex_member_block_1 (blockerId=? AND blockedId=?)

select "connection"."id", "connection"."state", "connection"."updatedAt", "connection"."lastSide", "connection"."askerId", "connection"."nextStep", "connection"."nextStepOn", "record"."title", "record"."titleEn", "own"."title" as "askerTitle", "own"."titleEn" as "askerTitleEn", (select "record_member"."userId" from "record_member" where "record_member"."recordId" = "connection"."askerRecordId" and "record_member"."userId" = ?) as "managesAsker" from "connection" inner join "record" on "record"."id" = "connection"."recordId" left join "record" as "own" on "own"."id" = "connection"."askerRecordId" where "connection"."id" in (select "id" from "connection" where "askerId" = ? union select "connection"."id" from "record_member" inner join "connection" on "connection"."recordId" = "record_member"."recordId" where "record_member"."userId" = ? union select "connection"."id" from "record_member" inner join "connection" on "connection"."askerRecordId" = "record_member"."recordId" where "record_member"."userId" = ?) order by "connection"."updatedAt" desc limit ?
  -- SEARCH connection USING INTEGER PRIMARY KEY (rowid=?)
  -- LIST SUBQUERY 4
  -- MERGE (UNION)
  -- LEFT
  -- MERGE (UNION)
  -- LEFT
  -- SEARCH connection USING COVERING INDEX connection_by_askerId (askerId=?)
  -- RIGHT
  -- SEARCH record_member USING INDEX record_member_by_user (userId=?)
  -- SEARCH connection USING COVERING INDEX connection_by_recordId (recordId=?)
  -- USE TEMP B-TREE FOR ORDER BY
  -- RIGHT
  -- SEARCH record_member USING INDEX record_member_by_user (userId=?)
  -- SEARCH connection USING COVERING INDEX connection_by_askerRecordId (askerRecordId=?)
  -- USE TEMP B-TREE FOR ORDER BY
  -- SEARCH record USING INTEGER PRIMARY KEY (rowid=?)
  -- SEARCH own USING INTEGER PRIMARY KEY (rowid=?) LEFT-JOIN
  -- CORRELATED SCALAR SUBQUERY 1
  -- SEARCH record_member USING COVERING INDEX sqlite_autoindex_record_member_1 (recordId=? AND userId=?)
  -- USE TEMP B-TREE FOR ORDER BY

select "connection"."id", "connection"."state", "connection"."origin", "connection"."purpose", "connection"."createdAt", "connection"."updatedAt", "connection"."toDepartment", "connection"."brokerAskedAt", "connection"."agreementKind", "record"."title", "asker"."title" as "askerTitle" from "connection" inner join "record" on "record"."id" = "connection"."recordId" left join "record" as "asker" on "asker"."id" = "connection"."askerRecordId" where "connection"."endedAt" is null and (connection."brokerAskedAt" is not null or connection."toDepartment" = 1) order by "connection"."updatedAt" limit ?
  -- SCAN connection USING INDEX connection_for_department
  -- SEARCH record USING INTEGER PRIMARY KEY (rowid=?)
  -- SEARCH asker USING INTEGER PRIMARY KEY (rowid=?) LEFT-JOIN

select "connection"."id", "connection"."state", "connection"."origin", "connection"."purpose", "connection"."createdAt", "connection"."updatedAt", "connection"."toDepartment", "connection"."brokerAskedAt", "connection"."agreementKind", "record"."title", "asker"."title" as "askerTitle" from "connection" inner join "record" on "record"."id" = "connection"."recordId" left join "record" as "asker" on "asker"."id" = "connection"."askerRecordId" where "connection"."acceptedAt" is null and "connection"."endedAt" is null and "connection"."createdAt" <= ? order by "connection"."createdAt" limit ?
  -- SEARCH connection USING INDEX connection_by_acceptance (acceptedAt=?)
  -- SEARCH record USING INTEGER PRIMARY KEY (rowid=?)
  -- SEARCH asker USING INTEGER PRIMARY KEY (rowid=?) LEFT-JOIN
  -- USE TEMP B-TREE FOR ORDER BY

select "connection"."id", "connection"."state", "connection"."origin", "connection"."purpose", "connection"."createdAt", "connection"."updatedAt", "connection"."toDepartment", "connection"."brokerAskedAt", "connection"."agreementKind", "record"."title", "asker"."title" as "askerTitle" from "connection" inner join "record" on "record"."id" = "connection"."recordId" left join "record" as "asker" on "asker"."id" = "connection"."askerRecordId" where "connection"."id" < ? order by "connection"."id" desc limit ?
  -- SEARCH connection USING INTEGER PRIMARY KEY (rowid<?)
  -- SEARCH record USING INTEGER PRIMARY KEY (rowid=?)
  -- SEARCH asker USING INTEGER PRIMARY KEY (rowid=?) LEFT-JOIN

select "connection"."id", "connection"."state", "connection"."origin", "connection"."purpose", "connection"."createdAt", "connection"."updatedAt", "connection"."toDepartment", "connection"."brokerAskedAt", "connection"."agreementKind", "record"."title", "asker"."title" as "askerTitle" from "connection" inner join "record" on "record"."id" = "connection"."recordId" left join "record" as "asker" on "asker"."id" = "connection"."askerRecordId" where "connection"."state" = ? and "connection"."id" < ? order by "connection"."id" desc limit ?
  -- SEARCH connection USING INDEX connection_by_state (state=? AND id<?)
  -- SEARCH record USING INTEGER PRIMARY KEY (rowid=?)
  -- SEARCH asker USING INTEGER PRIMARY KEY (rowid=?) LEFT-JOIN

select "state", count(*) as "n", avg(julianday(coalesce("endedAt", ?)) - julianday("createdAt")) as "averageDays" from "connection" group by "state"
  -- SCAN connection USING COVERING INDEX connection_ages

select "agreementKind", count(*) as "n", sum("agreementVnd") as "vnd" from "connection" where "state" = ? group by "agreementKind"
  -- SEARCH connection USING INDEX connection_by_state (state=?)
  -- USE TEMP B-TREE FOR GROUP BY

select count(*) as "late" from "connection" where "acceptedAt" is null and "endedAt" is null and "createdAt" <= ?
  -- SEARCH connection USING INDEX connection_by_acceptance (acceptedAt=?)

select "report"."id", "report"."at", "report"."reason", "report"."reportedSide", "report"."connectionId", "record"."title", "reporter"."name" as "reporterName", "asker"."name" as "askerName", "asker"."connectingStoppedAt" from "member_report" as "report" inner join "connection" on "connection"."id" = "report"."connectionId" inner join "record" on "record"."id" = "connection"."recordId" left join "user" as "reporter" on "reporter"."id" = "report"."reporterId" left join "user" as "asker" on "asker"."id" = "connection"."askerId" where "report"."closedAt" is null order by "report"."id" limit ?
  -- SCAN report USING INDEX member_report_open
  -- SEARCH connection USING INTEGER PRIMARY KEY (rowid=?)
  -- SEARCH record USING INTEGER PRIMARY KEY (rowid=?)
  -- SEARCH reporter USING INDEX sqlite_autoindex_user_1 (id=?) LEFT-JOIN
  -- SEARCH asker USING INDEX sqlite_autoindex_user_1 (id=?) LEFT-JOIN

select count(*) as "n" from "member_report" where "closedAt" is null
  -- SCAN member_report USING INDEX member_report_open

select "connectionId", "at", "text" from "connection_message" where "userId" = ?
  -- SEARCH connection_message USING INDEX connection_message_by_user (userId=?)

select "connectionId", "at", "name", "bytes" from "connection_file" where "userId" = ?
  -- SEARCH connection_file USING INDEX connection_file_by_user (userId=?)

select "connectionId", "at" from "member_block" where "blockerId" = ?
  -- SEARCH member_block USING INDEX sqlite_autoindex_member_block_1 (blockerId=?)

select "connectionId", "at", "reason" from "member_report" where "reporterId" = ?
  -- SEARCH member_report USING INDEX member_report_by_reporterId (reporterId=?)

select "id" from "connection" where "acceptedAt" is null and "endedAt" is null and "createdAt" <= ? order by "createdAt" limit ?
  -- SEARCH connection USING INDEX connection_by_acceptance (acceptedAt=?)
  -- USE TEMP B-TREE FOR ORDER BY

select "id" from "connection" where "acceptedAt" is null and "endedAt" is null and "createdAt" <= ? and "remindedAt" is null order by "createdAt" limit ?
  -- SEARCH connection USING INDEX connection_by_acceptance (acceptedAt=?)
  -- USE TEMP B-TREE FOR ORDER BY

update "connection" set "remindedAt" = ? where "id" = ? and "remindedAt" is null and "state" in (?, ?, ?) returning *
  -- SEARCH connection USING INTEGER PRIMARY KEY (rowid=?)

select "id" from "connection" where "endedAt" is null and "outcomeAskedAt" is null and "acceptedAt" <= ? order by "acceptedAt" limit ?
  -- SEARCH connection USING INDEX connection_running (acceptedAt<?)

select "connection".* from "connection" where "askerId" = ? and "state" in (?, ?, ?, ?, ?) union select "connection".* from "record_member" inner join "connection" on "connection"."recordId" = "record_member"."recordId" where "record_member"."userId" = ? and "connection"."state" in (?, ?, ?, ?, ?) union select "connection".* from "record_member" inner join "connection" on "connection"."askerRecordId" = "record_member"."recordId" where "record_member"."userId" = ? and "connection"."state" in (?, ?, ?, ?, ?)
  -- MERGE (UNION)
  -- LEFT
  -- MERGE (UNION)
  -- LEFT
  -- SEARCH connection USING INDEX connection_by_askerId (askerId=?)
  -- RIGHT
  -- SEARCH record_member USING INDEX record_member_by_user (userId=?)
  -- SEARCH connection USING INDEX connection_by_recordId (recordId=?)
  -- USE TEMP B-TREE FOR ORDER BY
  -- RIGHT
  -- SEARCH record_member USING INDEX record_member_by_user (userId=?)
  -- SEARCH connection USING INDEX connection_by_askerRecordId (askerRecordId=?)
  -- USE TEMP B-TREE FOR ORDER BY

update "connection" set "reason" = ?, "state" = ?, "updatedAt" = ?, "lastSide" = ?, "acceptedAt" = ?, "endedAt" = ? where "id" = ? returning *
  -- SEARCH connection USING INTEGER PRIMARY KEY (rowid=?)

== alerts

select * from "field" order by "code"
  -- SCAN field USING INDEX sqlite_autoindex_field_1

select * from "area" order by "code"
  -- SCAN area USING INDEX sqlite_autoindex_area_1

select * from "area_former_name"
  -- SCAN area_former_name

select * from "vsic_section" order by "code"
  -- SCAN vsic_section USING INDEX sqlite_autoindex_vsic_section_1

select * from "nice_class"
  -- SCAN nice_class

select "address" from "saved_search" where "userId" = ?
  -- SEARCH saved_search USING COVERING INDEX sqlite_autoindex_saved_search_1 (userId=?)

select max("lastSeq") as "seq" from "publication"
  -- SEARCH publication USING COVERING INDEX publication_by_lastSeq

insert into "saved_search" ("userId", "address", "frequency", "seq", "createdAt") values (?, ?, ?, ?, ?) on conflict ("userId", "address") do update set "frequency" = ?


select "id", "address", "frequency", "createdAt" from "saved_search" where "userId" = ? order by "id" desc
  -- SEARCH saved_search USING INDEX sqlite_autoindex_saved_search_1 (userId=?)
  -- USE TEMP B-TREE FOR ORDER BY

select "matches", "stoppedAt" from "digest" where "userId" = ?
  -- SEARCH digest USING INDEX sqlite_autoindex_digest_1 (userId=?)

select "address", "frequency", "createdAt" from "saved_search" where "userId" = ?
  -- SEARCH saved_search USING INDEX sqlite_autoindex_saved_search_1 (userId=?)

select "matches", "doneOn", "stoppedAt", "firstSentAt" from "digest" where "userId" = ?
  -- SEARCH digest USING INDEX sqlite_autoindex_digest_1 (userId=?)

select "record"."kind", "record"."slug", "digest_result"."at" from "digest_result" inner join "record" on "record"."id" = "digest_result"."recordId" where "digest_result"."userId" = ?
  -- SEARCH digest_result USING INDEX sqlite_autoindex_digest_result_1 (userId=?)
  -- SEARCH record USING INTEGER PRIMARY KEY (rowid=?)

select "record"."id", "record"."title", "record"."titleEn", "record"."kind" from "record_member" as "member" inner join "record" on "record"."id" = "member"."recordId" where "member"."userId" = ? and +record.status = ? and "record"."kind" in (?, ?) order by "record"."id" desc
  -- SEARCH member USING INDEX record_member_by_user (userId=?)
  -- SEARCH record USING INTEGER PRIMARY KEY (rowid=?)
  -- USE TEMP B-TREE FOR ORDER BY

select "user"."id" as "userId", "user"."email", "user"."language", "digest"."matches", "digest"."matchesSeq", "digest"."doneOn", "digest"."firstSentAt" from "digest" inner join "user" on "user"."id" = "digest"."userId" where "digest"."stoppedAt" is null and "digest"."doneOn" < ? and "user"."emailVerifiedAt" is not null and "user"."connectingStoppedAt" is null
  -- SEARCH digest USING INDEX digest_due (doneOn<?)
  -- SEARCH user USING INDEX sqlite_autoindex_user_1 (id=?)

select min("seq") as "seq" from "search_consumer"
  -- SEARCH search_consumer

select "recordId" from "record_member" where "userId" = ? union select "recordId" from "digest_result" where "userId" = ?
  -- MERGE (UNION)
  -- LEFT
  -- SEARCH record_member USING INDEX record_member_by_user (userId=?)
  -- USE TEMP B-TREE FOR ORDER BY
  -- RIGHT
  -- SEARCH digest_result USING COVERING INDEX sqlite_autoindex_digest_result_1 (userId=?)

select "recordId" from "publication" where "lastSeq" > ? and "lastSeq" <= ? limit ?
  -- SEARCH publication USING COVERING INDEX publication_by_lastSeq (lastSeq>? AND lastSeq<?)

select "record".*, (select json_group_array("fieldCode") as "codes" from "record_field" where "record_field"."recordId" = "record"."id") as "fieldCodes", (select json_group_array("areaCode") as "codes" from "record_area" where "record_area"."recordId" = "record"."id") as "areaCodes", (select coalesce(json_group_array(json_object('id', "agg"."id", 'relation', "agg"."relation", 'kind', "agg"."kind", 'slug', "agg"."slug", 'title', "agg"."title", 'titleEn', "agg"."titleEn")), '[]') from (select "target"."id", "link"."relation", "target"."kind", "target"."slug", "target"."title", "target"."titleEn" from "record_link" as "link" inner join "record" as "target" on "target"."id" = "link"."toId" where "link"."fromId" = "record"."id" and "target"."status" = ?) as agg) as "links" from "record" where "record"."id" in (?)
  -- SEARCH record USING INTEGER PRIMARY KEY (rowid=?)
  -- CORRELATED SCALAR SUBQUERY 1
  -- SEARCH record_field USING PRIMARY KEY (recordId=?)
  -- CORRELATED SCALAR SUBQUERY 2
  -- SEARCH record_area USING PRIMARY KEY (recordId=?)
  -- CORRELATED SCALAR SUBQUERY 4
  -- SEARCH link USING PRIMARY KEY (fromId=?)
  -- SEARCH target USING INTEGER PRIMARY KEY (rowid=?)

select * from "offer" where "recordId" in (?)
  -- SEARCH offer USING INTEGER PRIMARY KEY (rowid=?)

select "record".*, (select json_group_array("fieldCode") as "codes" from "record_field" where "record_field"."recordId" = "record"."id") as "fieldCodes", (select json_group_array("areaCode") as "codes" from "record_area" where "record_area"."recordId" = "record"."id") as "areaCodes", (select coalesce(json_group_array(json_object('id', "agg"."id", 'relation', "agg"."relation", 'kind', "agg"."kind", 'slug', "agg"."slug", 'title', "agg"."title", 'titleEn', "agg"."titleEn")), '[]') from (select "target"."id", "link"."relation", "target"."kind", "target"."slug", "target"."title", "target"."titleEn" from "record_link" as "link" inner join "record" as "target" on "target"."id" = "link"."toId" where "link"."fromId" = "record"."id" and "target"."status" = ?) as agg) as "links" from "record" where "record"."id" in (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
  -- SEARCH record USING INTEGER PRIMARY KEY (rowid=?)
  -- CORRELATED SCALAR SUBQUERY 1
  -- SEARCH record_field USING PRIMARY KEY (recordId=?)
  -- CORRELATED SCALAR SUBQUERY 2
  -- SEARCH record_area USING PRIMARY KEY (recordId=?)
  -- CORRELATED SCALAR SUBQUERY 4
  -- SEARCH link USING PRIMARY KEY (fromId=?)
  -- SEARCH target USING INTEGER PRIMARY KEY (rowid=?)

select * from "need" where "recordId" in (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
  -- SEARCH need USING INTEGER PRIMARY KEY (rowid=?)

select "id", "address", "frequency", "seq" from "saved_search" where "userId" = ? and "frequency" <> ? order by "id"
  -- SEARCH saved_search USING INDEX sqlite_autoindex_saved_search_1 (userId=?)
  -- USE TEMP B-TREE FOR ORDER BY

select "recordId" from "publication" where "firstSeq" > ? and "firstSeq" <= ?
  -- SEARCH publication USING COVERING INDEX publication_by_firstSeq (firstSeq>? AND firstSeq<?)

select "user"."id" as "userId", "user"."email", "user"."language", "digest"."matches", "digest"."matchesSeq", "digest"."doneOn", "digest"."firstSentAt" from "digest" inner join "user" on "user"."id" = "digest"."userId" where "digest"."stoppedAt" is null and "digest"."doneOn" < ? and "user"."emailVerifiedAt" is not null and "user"."connectingStoppedAt" is null and "digest"."userId" = ?
  -- SEARCH digest USING INDEX sqlite_autoindex_digest_1 (userId=?)
  -- SEARCH user USING INDEX sqlite_autoindex_user_1 (id=?)

select * from "enterprise" where "recordId" in (?)
  -- SEARCH enterprise USING INTEGER PRIMARY KEY (rowid=?)

select * from "startup" where "recordId" in (?, ?, ?)
  -- SEARCH startup USING INTEGER PRIMARY KEY (rowid=?)

select * from "organisation" where "recordId" in (?, ?)
  -- SEARCH organisation USING INTEGER PRIMARY KEY (rowid=?)

select * from "expert" where "recordId" in (?, ?, ?)
  -- SEARCH expert USING INTEGER PRIMARY KEY (rowid=?)

select * from "trademark" where "recordId" in (?, ?, ?)
  -- SEARCH trademark USING INTEGER PRIMARY KEY (rowid=?)

select * from "offer" where "recordId" in (?, ?, ?)
  -- SEARCH offer USING INTEGER PRIMARY KEY (rowid=?)

select * from "need" where "recordId" in (?, ?, ?, ?)
  -- SEARCH need USING INTEGER PRIMARY KEY (rowid=?)

select * from "achievement" where "recordId" in (?)
  -- SEARCH achievement USING INTEGER PRIMARY KEY (rowid=?)

update "digest" set "doneOn" = ?, "firstSentAt" = ?, "matchesSeq" = ? where "userId" = ?
  -- SEARCH digest USING INDEX sqlite_autoindex_digest_1 (userId=?)

update "saved_search" set "seq" = ? where "id" in (?, ?)
  -- SEARCH saved_search USING INTEGER PRIMARY KEY (rowid=?)

insert into "digest_result" ("userId", "recordId", "at") values (?, ?, ?), (?, ?, ?), (?, ?, ?), (?, ?, ?), (?, ?, ?), (?, ?, ?), (?, ?, ?), (?, ?, ?), (?, ?, ?), (?, ?, ?), (?, ?, ?), (?, ?, ?), (?, ?, ?), (?, ?, ?), (?, ?, ?), (?, ?, ?), (?, ?, ?), (?, ?, ?), (?, ?, ?), (?, ?, ?) on conflict do nothing
  -- SCAN 20-ROW VALUES CLAUSE

insert into "digest_link" ("hash", "userId", "createdAt") values (?, ?, ?)


insert into "mail" ("cause", "recipient", "language", "subject", "text", "html", "headers", "createdAt", "lastError", "forget") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict ("cause") do nothing


select "digest"."userId", "digest"."stoppedAt", "digest"."matches", (select "id" from "saved_search" where "saved_search"."userId" = "digest"."userId" and "frequency" = ? limit ?) as "daily" from "digest_link" as "link" inner join "digest" on "digest"."userId" = "link"."userId" where "link"."hash" = ?
  -- SEARCH link USING INDEX sqlite_autoindex_digest_link_1 (hash=?)
  -- SEARCH digest USING INDEX sqlite_autoindex_digest_1 (userId=?)
  -- CORRELATED SCALAR SUBQUERY 1
  -- SEARCH saved_search USING INDEX sqlite_autoindex_saved_search_1 (userId=?)

update "saved_search" set "frequency" = ? where "id" = ? and "userId" = ?
  -- SEARCH saved_search USING INTEGER PRIMARY KEY (rowid=?)

== events

select "id", "slug", "type", "status", "title", "titleEn", "summary", "summaryEn", "organiser", "place", "startsAt", "endsAt", "demo" from "event" where "publishedAt" is not null and "isOver" = ? and "status" = ? order by "startsAt", "id" limit ?
  -- SEARCH event USING INDEX event_public (isOver=?)

select "id", "slug", "type", "status", "title", "titleEn", "summary", "summaryEn", "organiser", "place", "startsAt", "endsAt", "demo" from "event" where "publishedAt" is not null and "isOver" = ? and "type" = ? order by "startsAt" asc, "id" asc limit ?
  -- SEARCH event USING INDEX event_public (isOver=?)

select "id", "slug", "type", "status", "title", "titleEn", "summary", "summaryEn", "organiser", "place", "startsAt", "endsAt", "demo" from "event" where "publishedAt" is not null and "isOver" = ? order by "startsAt" desc, "id" desc limit ?
  -- SEARCH event USING INDEX event_public (isOver=?)

select * from "event" where "slug" = ?
  -- SEARCH event USING INDEX sqlite_autoindex_event_1 (slug=?)

select * from "event" where "publishedAt" is not null and "startsAt" >= ? order by "startsAt" limit ?
  -- SEARCH event USING INDEX event_by_start (startsAt>?)

select "id", "title", "type", "status", "isOver", "startsAt", "place", "takesRegistrations", "capacity", "demo", (select count(*) as "n" from "event_registration" where "event_registration"."eventId" = "event"."id" and "event_registration"."state" = ?) as "registered", (select count(*) as "n" from "event_registration" where "event_registration"."eventId" = "event"."id" and "event_registration"."state" = ?) as "waiting" from "event" order by "startsAt" desc, "id" desc limit ?
  -- SCAN event USING INDEX event_by_start
  -- CORRELATED SCALAR SUBQUERY 1
  -- SEARCH event_registration USING COVERING INDEX event_registration_by_state (eventId=? AND state=?)
  -- CORRELATED SCALAR SUBQUERY 2
  -- SEARCH event_registration USING COVERING INDEX event_registration_by_state (eventId=? AND state=?)

select "id", "title", "type", "status", "isOver", "startsAt", "place", "takesRegistrations", "capacity", "demo", (select count(*) as "n" from "event_registration" where "event_registration"."eventId" = "event"."id" and "event_registration"."state" = ?) as "registered", (select count(*) as "n" from "event_registration" where "event_registration"."eventId" = "event"."id" and "event_registration"."state" = ?) as "waiting" from "event" where ("startsAt", "id") < (?, ?) order by "startsAt" desc, "id" desc limit ?
  -- SEARCH event USING INDEX event_by_start (startsAt<?)
  -- CORRELATED SCALAR SUBQUERY 1
  -- SEARCH event_registration USING COVERING INDEX event_registration_by_state (eventId=? AND state=?)
  -- CORRELATED SCALAR SUBQUERY 2
  -- SEARCH event_registration USING COVERING INDEX event_registration_by_state (eventId=? AND state=?)

select * from "event" where "isOver" = ? limit ?
  -- SEARCH event USING INDEX event_by_end (isOver=?)

insert into "rate_limit" ("bucket", "used", "endsAt") values (?, ?, ?) on conflict ("bucket") do update set "used" = case when rate_limit."endsAt" <= ? then 1 else rate_limit.used + 1 end, "endsAt" = case when rate_limit."endsAt" <= ? then ? else rate_limit."endsAt" end returning "used"


select * from "event" where "id" = ?
  -- SEARCH event USING INTEGER PRIMARY KEY (rowid=?)

select * from "event_registration" where "eventId" = ? and "email" = ?
  -- SEARCH event_registration USING INDEX sqlite_autoindex_event_registration_1 (eventId=? AND email=?)

select count(*) as "n" from "event_registration" where "eventId" = ? and "state" = ?
  -- SEARCH event_registration USING COVERING INDEX event_registration_by_state (eventId=? AND state=?)

insert into "event_registration" ("eventId", "email", "name", "organisation", "language", "state", "consentVersion", "createdAt", "toldSequence", "remindedAt") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) returning *
  -- SEARCH event_link USING COVERING INDEX event_link_by_registration (registrationId=?)

insert into "event_link" ("hash", "registrationId") values (?, ?)


insert into "mail" ("cause", "recipient", "language", "subject", "text", "html", "headers", "createdAt", "lastError", "forget") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict ("cause") do nothing


select * from "event_registration" where "eventId" = ? order by "state", "id" limit ?
  -- SEARCH event_registration USING INDEX event_registration_by_state (eventId=?)

select "event"."title", "event"."startsAt", "event_registration"."name", "event_registration"."organisation", "event_registration"."state", "event_registration"."createdAt" from "event_registration" inner join "event" on "event"."id" = "event_registration"."eventId" where "event_registration"."email" = ?
  -- SEARCH event_registration USING INDEX event_registration_by_email (email=?)
  -- SEARCH event USING INTEGER PRIMARY KEY (rowid=?)

select "event_registration".* from "event_link" inner join "event_registration" on "event_registration"."id" = "event_link"."registrationId" where "event_link"."hash" = ?
  -- SEARCH event_link USING INDEX sqlite_autoindex_event_link_1 (hash=?)
  -- SEARCH event_registration USING INTEGER PRIMARY KEY (rowid=?)

update "event" set "noticePending" = ?, "noticeSequence" = ? where "id" = ?
  -- SEARCH event USING INTEGER PRIMARY KEY (rowid=?)

update "event" set "isOver" = ? where "isOver" = ? and "endsAt" <= ? and "publishedAt" is not null
  -- SEARCH event USING INDEX event_by_end (isOver=? AND endsAt<?)

select * from "event" where "noticePending" = ? order by "id" limit ?
  -- SCAN event USING INDEX event_with_notice

select * from "event_registration" where "eventId" = ? and "toldSequence" < ? order by "toldSequence" limit ?
  -- SEARCH event_registration USING INDEX event_registration_by_notice (eventId=? AND toldSequence<?)

update "event_registration" set "toldSequence" = ?, "remindedAt" = ? where "id" = ?
  -- SEARCH event_registration USING INTEGER PRIMARY KEY (rowid=?)

update "event" set "noticePending" = ? where "id" = ?
  -- SEARCH event USING INTEGER PRIMARY KEY (rowid=?)

select * from "event" where "publishedAt" is not null and "isOver" = ? and "startsAt" > ? and "startsAt" < ? and "status" = ? and "noticePending" = ?
  -- SEARCH event USING INDEX event_public (isOver=? AND startsAt>? AND startsAt<?)

select * from "event_registration" where "eventId" = ? and "state" = ? and "remindedAt" is null order by "id" limit ?
  -- SEARCH event_registration USING INDEX event_registration_by_state (eventId=? AND state=?)

update "event_registration" set "remindedAt" = ? where "id" = ?
  -- SEARCH event_registration USING INTEGER PRIMARY KEY (rowid=?)

select * from "event_registration" where "email" = ?
  -- SEARCH event_registration USING INDEX event_registration_by_email (email=?)

delete from "mail" where "cause" >= ? and "cause" < ?
  -- SEARCH mail USING INDEX sqlite_autoindex_mail_1 (cause>? AND cause<?)

delete from "event_registration" where "id" in (?)
  -- SEARCH event_registration USING INTEGER PRIMARY KEY (rowid=?)
  -- SEARCH event_link USING COVERING INDEX event_link_by_registration (registrationId=?)

select * from "event_registration" where "eventId" = ? and "state" = ? order by "id" limit ?
  -- SEARCH event_registration USING INDEX event_registration_by_state (eventId=? AND state=?)

select "event_registration"."id" from "event" inner join "event_registration" on "event_registration"."eventId" = "event"."id" where "event"."isOver" = ? and "event"."endsAt" <= ? limit ?
  -- SEARCH event USING COVERING INDEX event_by_end (isOver=? AND endsAt<?)
  -- SEARCH event_registration USING COVERING INDEX event_registration_by_notice (eventId=?)

== news and the bulletin

select "id", "slug", "title", "titleEn", "summary", "summaryEn", "photos", "demo", "publishedAt", "updatedAt" from "article" where "status" = ? order by "publishedAt" desc, "id" desc limit ?
  -- SEARCH article USING INDEX article_by_status (status=?)

select * from "article" where "slug" = ?
  -- SEARCH article USING INDEX sqlite_autoindex_article_1 (slug=?)

select "id", "title", "status", "updatedAt", "publishedAt", "demo" from "article" order by "updatedAt" desc, "id" desc limit ?
  -- SCAN article USING INDEX article_by_update

select "id", "title", "status", "updatedAt", "publishedAt", "demo" from "article" where ("updatedAt", "id") < (?, ?) order by "updatedAt" desc, "id" desc limit ?
  -- SEARCH article USING INDEX article_by_update (updatedAt<?)

select "slug", "updatedAt" from "event" where "publishedAt" is not null order by "publishedAt" desc limit ?
  -- SEARCH event USING INDEX event_by_publication (publishedAt>?)

select "slug", "updatedAt" from "article" where "status" = ? order by "publishedAt" desc, "id" desc limit ?
  -- SEARCH article USING INDEX article_by_status (status=?)

select "month", "publishedAt" from "bulletin" order by "month" desc limit ?
  -- SCAN bulletin USING INDEX sqlite_autoindex_bulletin_1

select "record"."id", "record"."title", "record"."status", "record"."updatedAt", "revision"."state" from "record" left join "revision" on "revision"."recordId" = "record"."id" and "revision"."state" in (?, ?, ?) where "record"."kind" = ? order by "record"."updatedAt" desc, "record"."id" desc limit ?
  -- SEARCH record USING INDEX sqlite_autoindex_record_2 (kind=?)
  -- SEARCH revision USING INDEX revision_by_recordId (recordId=?) LEFT-JOIN
  -- USE TEMP B-TREE FOR ORDER BY

select "id", "slug", "title", "titleEn", "summary", "summaryEn" from "article" where "status" = ? and "publishedAt" >= ? and "publishedAt" < ? order by "publishedAt" desc limit ?
  -- SEARCH article USING INDEX article_by_status (status=? AND publishedAt>? AND publishedAt<?)

select "id", "slug", "title", "titleEn", "summary", "summaryEn", "startsAt", "endsAt", "place" from "event" where "publishedAt" is not null and "publishedAt" >= ? and "publishedAt" < ? and "status" = ? order by "publishedAt" limit ?
  -- SEARCH event USING INDEX event_by_publication (publishedAt>? AND publishedAt<?)

select "id", "slug", "title", "titleEn", "summary", "summaryEn", "kind" from "record" where "status" = ? and "kind" = ? and "publishedAt" >= ? and "publishedAt" < ? order by "publishedAt" desc, "id" desc limit ?
  -- SEARCH record USING INDEX record_by_publication (status=? AND kind=? AND publishedAt>? AND publishedAt<?)

select "id" from "record" where "id" in (?, ?, ?, ?) and "status" = ?
  -- SEARCH record USING COVERING INDEX record_by_status (status=? AND id=? AND rowid=?)

select "id" from "event" where "id" in (?, ?, ?, ?) and "publishedAt" is not null
  -- SEARCH event USING INTEGER PRIMARY KEY (rowid=?)

select "id" from "article" where "id" in (?, ?) and "status" = ?
  -- SEARCH article USING COVERING INDEX article_by_status (status=?)

select "month", "intro", "introEn", "publishedAt", "sentAt" from "bulletin" order by "month" desc
  -- SCAN bulletin USING INDEX sqlite_autoindex_bulletin_1

insert into "bulletin" ("month", "intro", "introEn", "items", "publishedAt", "sentAt") values (?, ?, ?, ?, ?, ?)


insert into "rate_limit" ("bucket", "used", "endsAt") values (?, ?, ?) on conflict ("bucket") do update set "used" = case when rate_limit."endsAt" <= ? then 1 else rate_limit.used + 1 end, "endsAt" = case when rate_limit."endsAt" <= ? then ? else rate_limit."endsAt" end returning "used"


select * from "bulletin_reader" where "email" = ?
  -- SEARCH bulletin_reader USING INDEX sqlite_autoindex_bulletin_reader_1 (email=?)

insert into "bulletin_reader" ("email", "language", "consentVersion", "createdAt", "confirmedAt") values (?, ?, ?, ?, ?) returning *
  -- SEARCH bulletin_link USING COVERING INDEX bulletin_link_by_reader (readerId=?)

insert into "bulletin_link" ("hash", "readerId") values (?, ?)


insert into "mail" ("cause", "recipient", "language", "subject", "text", "html", "headers", "createdAt", "lastError", "forget") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict ("cause") do nothing


update "bulletin_reader" set "confirmedAt" = ? where "email" = ?
  -- SEARCH bulletin_reader USING INDEX sqlite_autoindex_bulletin_reader_1 (email=?)

select "bulletin_reader".* from "bulletin_link" inner join "bulletin_reader" on "bulletin_reader"."id" = "bulletin_link"."readerId" where "bulletin_link"."hash" = ?
  -- SEARCH bulletin_link USING INDEX sqlite_autoindex_bulletin_link_1 (hash=?)
  -- SEARCH bulletin_reader USING INTEGER PRIMARY KEY (rowid=?)

select "month" from "bulletin" where "sentAt" is null limit ?
  -- SCAN bulletin USING INDEX bulletin_to_send

select * from "bulletin" where "sentAt" is null order by "month" limit ?
  -- SCAN bulletin USING INDEX bulletin_to_send

select "id" from "mail" where "state" = ? and "nextAttemptAt" <= ? limit ?
  -- SEARCH mail USING COVERING INDEX mail_by_state (state=? AND nextAttemptAt<?)

select * from "bulletin_reader" where "id" > ? and "confirmedAt" <= ? order by "id" limit ?
  -- SEARCH bulletin_reader USING INTEGER PRIMARY KEY (rowid>?)

update "bulletin" set "sentAt" = ? where "month" = ?
  -- SEARCH bulletin USING INDEX sqlite_autoindex_bulletin_1 (month=?)

select "email", "createdAt", "confirmedAt" from "bulletin_reader" where "email" = ?
  -- SEARCH bulletin_reader USING INDEX sqlite_autoindex_bulletin_reader_1 (email=?)

select "id" from "bulletin_reader" where "email" = ?
  -- SEARCH bulletin_reader USING COVERING INDEX sqlite_autoindex_bulletin_reader_1 (email=?)

delete from "mail" where "cause" >= ? and "cause" < ?
  -- SEARCH mail USING INDEX sqlite_autoindex_mail_1 (cause>? AND cause<?)

delete from "bulletin_reader" where "id" = ?
  -- SEARCH bulletin_reader USING INTEGER PRIMARY KEY (rowid=?)
  -- SEARCH bulletin_link USING COVERING INDEX bulletin_link_by_reader (readerId=?)

select "id" from "bulletin_reader" where "confirmedAt" is null and "createdAt" < ?
  -- SEARCH bulletin_reader USING INDEX bulletin_reader_unconfirmed (createdAt<?)
