CREATE TABLE "classifications" (
	"tool_hash" text NOT NULL,
	"context_hash" text NOT NULL,
	"classifier_version" text NOT NULL,
	"access" text NOT NULL,
	"category" text NOT NULL,
	"risk" text NOT NULL,
	"score" integer NOT NULL,
	"document" jsonb NOT NULL,
	CONSTRAINT "classifications_tool_hash_context_hash_classifier_version_pk" PRIMARY KEY("tool_hash","context_hash","classifier_version")
);
--> statement-breakpoint
CREATE TABLE "contexts" (
	"hash" text PRIMARY KEY NOT NULL,
	"context" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "enumeration_tools" (
	"enumeration_id" bigint NOT NULL,
	"position" integer NOT NULL,
	"tool_hash" text NOT NULL,
	"name" text NOT NULL,
	CONSTRAINT "enumeration_tools_enumeration_id_position_pk" PRIMARY KEY("enumeration_id","position")
);
--> statement-breakpoint
CREATE TABLE "enumerations" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "enumerations_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"server_id" text COLLATE "C" NOT NULL,
	"run_id" bigint NOT NULL,
	"launch_key" text NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"status" text NOT NULL,
	"listed" boolean NOT NULL,
	"document" jsonb NOT NULL,
	"answer" text
);
--> statement-breakpoint
CREATE TABLE "faults" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "faults_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"run_id" bigint NOT NULL,
	"hash" text NOT NULL,
	"stage" text NOT NULL,
	"source" text,
	"subject" text NOT NULL,
	"code" text NOT NULL,
	"message" text NOT NULL,
	"retryable" boolean NOT NULL,
	"details" text
);
--> statement-breakpoint
CREATE TABLE "policies" (
	"server_id" text COLLATE "C" NOT NULL,
	"profile" text NOT NULL,
	"hash" text NOT NULL,
	"document" json NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "policies_server_id_profile_pk" PRIMARY KEY("server_id","profile")
);
--> statement-breakpoint
CREATE TABLE "registry_entries" (
	"source" text COLLATE "C" NOT NULL,
	"id" text COLLATE "C" NOT NULL,
	"parsed" jsonb NOT NULL,
	"raw" json NOT NULL,
	"content_hash" text NOT NULL,
	"first_seen_at" timestamp with time zone NOT NULL,
	"last_seen_at" timestamp with time zone NOT NULL,
	"gone_at" timestamp with time zone,
	CONSTRAINT "registry_entries_source_id_pk" PRIMARY KEY("source","id")
);
--> statement-breakpoint
CREATE TABLE "runs" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "runs_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"started_at" timestamp with time zone NOT NULL,
	"finished_at" timestamp with time zone,
	"status" text NOT NULL,
	"options" jsonb NOT NULL,
	"report" jsonb
);
--> statement-breakpoint
CREATE TABLE "server_aliases" (
	"alias_hash" text PRIMARY KEY NOT NULL,
	"alias" text NOT NULL,
	"server_id" text COLLATE "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "server_contexts" (
	"server_id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"enumeration_id" bigint NOT NULL,
	"context_hash" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "servers" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"document" jsonb NOT NULL,
	"content_hash" text NOT NULL,
	"first_seen_at" timestamp with time zone NOT NULL,
	"gone_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "tools" (
	"hash" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"definition" json NOT NULL
);
--> statement-breakpoint
ALTER TABLE "classifications" ADD CONSTRAINT "classifications_tool_hash_tools_hash_fk" FOREIGN KEY ("tool_hash") REFERENCES "public"."tools"("hash") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "classifications" ADD CONSTRAINT "classifications_context_hash_contexts_hash_fk" FOREIGN KEY ("context_hash") REFERENCES "public"."contexts"("hash") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "enumeration_tools" ADD CONSTRAINT "enumeration_tools_enumeration_id_enumerations_id_fk" FOREIGN KEY ("enumeration_id") REFERENCES "public"."enumerations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "enumeration_tools" ADD CONSTRAINT "enumeration_tools_tool_hash_tools_hash_fk" FOREIGN KEY ("tool_hash") REFERENCES "public"."tools"("hash") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "enumerations" ADD CONSTRAINT "enumerations_server_id_servers_id_fk" FOREIGN KEY ("server_id") REFERENCES "public"."servers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "enumerations" ADD CONSTRAINT "enumerations_run_id_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."runs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "faults" ADD CONSTRAINT "faults_run_id_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."runs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "policies" ADD CONSTRAINT "policies_server_id_servers_id_fk" FOREIGN KEY ("server_id") REFERENCES "public"."servers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "server_aliases" ADD CONSTRAINT "server_aliases_server_id_servers_id_fk" FOREIGN KEY ("server_id") REFERENCES "public"."servers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "server_contexts" ADD CONSTRAINT "server_contexts_server_id_servers_id_fk" FOREIGN KEY ("server_id") REFERENCES "public"."servers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "server_contexts" ADD CONSTRAINT "server_contexts_enumeration_id_enumerations_id_fk" FOREIGN KEY ("enumeration_id") REFERENCES "public"."enumerations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "server_contexts" ADD CONSTRAINT "server_contexts_context_hash_contexts_hash_fk" FOREIGN KEY ("context_hash") REFERENCES "public"."contexts"("hash") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "enumeration_tools_tool" ON "enumeration_tools" USING btree ("tool_hash");--> statement-breakpoint
CREATE UNIQUE INDEX "enumerations_server_start" ON "enumerations" USING btree ("server_id","started_at");--> statement-breakpoint
CREATE INDEX "enumerations_server" ON "enumerations" USING btree ("server_id","id");--> statement-breakpoint
CREATE INDEX "enumerations_server_listed" ON "enumerations" USING btree ("server_id","id") WHERE "enumerations"."listed";--> statement-breakpoint
CREATE INDEX "enumerations_run" ON "enumerations" USING btree ("run_id");--> statement-breakpoint
CREATE UNIQUE INDEX "faults_run_hash" ON "faults" USING btree ("run_id","hash");--> statement-breakpoint
CREATE INDEX "server_aliases_server" ON "server_aliases" USING btree ("server_id");--> statement-breakpoint
CREATE INDEX "servers_name" ON "servers" USING hash (("document" ->> 'name'));