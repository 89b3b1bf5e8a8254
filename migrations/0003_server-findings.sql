CREATE TABLE "server_findings" (
	"server_id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"enumeration_id" bigint NOT NULL,
	"context_hash" text NOT NULL,
	"classifier_version" text NOT NULL,
	"server_hash" text NOT NULL,
	"findings" jsonb NOT NULL,
	"changes" jsonb NOT NULL
);
--> statement-breakpoint
ALTER TABLE "server_findings" ADD CONSTRAINT "server_findings_server_id_servers_id_fk" FOREIGN KEY ("server_id") REFERENCES "public"."servers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "server_findings" ADD CONSTRAINT "server_findings_enumeration_id_enumerations_id_fk" FOREIGN KEY ("enumeration_id") REFERENCES "public"."enumerations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "server_findings" ADD CONSTRAINT "server_findings_context_hash_contexts_hash_fk" FOREIGN KEY ("context_hash") REFERENCES "public"."contexts"("hash") ON DELETE no action ON UPDATE no action;