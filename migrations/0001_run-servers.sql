CREATE TABLE "run_servers" (
	"run_id" bigint NOT NULL,
	"server_id" text COLLATE "C" NOT NULL,
	"latest_id" bigint,
	"listing_id" bigint,
	"context_hash" text,
	"classifier_version" text,
	CONSTRAINT "run_servers_run_id_server_id_pk" PRIMARY KEY("run_id","server_id")
);
--> statement-breakpoint
ALTER TABLE "run_servers" ADD CONSTRAINT "run_servers_run_id_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."runs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run_servers" ADD CONSTRAINT "run_servers_server_id_servers_id_fk" FOREIGN KEY ("server_id") REFERENCES "public"."servers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run_servers" ADD CONSTRAINT "run_servers_latest_id_enumerations_id_fk" FOREIGN KEY ("latest_id") REFERENCES "public"."enumerations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run_servers" ADD CONSTRAINT "run_servers_listing_id_enumerations_id_fk" FOREIGN KEY ("listing_id") REFERENCES "public"."enumerations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run_servers" ADD CONSTRAINT "run_servers_context_hash_contexts_hash_fk" FOREIGN KEY ("context_hash") REFERENCES "public"."contexts"("hash") ON DELETE no action ON UPDATE no action;