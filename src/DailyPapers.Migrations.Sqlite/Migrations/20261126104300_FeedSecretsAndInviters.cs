using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace DailyPapers.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class FeedSecretsAndInviters : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "FeedSecrets",
                columns: table => new
                {
                    AccountId = table.Column<long>(type: "INTEGER", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    SecretHash = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_FeedSecrets", x => new { x.AccountId, x.Kind });
                    table.ForeignKey(
                        name: "FK_FeedSecrets_Accounts_AccountId",
                        column: x => x.AccountId,
                        principalTable: "Accounts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_FeedSecrets_SecretHash",
                table: "FeedSecrets",
                column: "SecretHash",
                unique: true);

            // Addresses that feed readers have go on working. SqliteSha256 is the function; the time notifications' were made is not known.
            migrationBuilder.Sql("""
                INSERT INTO FeedSecrets (AccountId, Kind, SecretHash, CreatedAt)
                SELECT AccountId, 'Following', sha256(Token), CreatedAt FROM FeedTokens;
                INSERT INTO FeedSecrets (AccountId, Kind, SecretHash, CreatedAt)
                SELECT AccountId, 'Notifications', sha256(FeedSecret), strftime('%Y-%m-%d %H:%M:%f', 'now') FROM NotificationPreferences WHERE FeedSecret IS NOT NULL;
                """);

            // Otherwise the readable secrets would stay in the file, in pages that are free, and in every backup of it.
            migrationBuilder.Sql("PRAGMA secure_delete = ON;");

            migrationBuilder.DropTable(
                name: "FeedTokens");

            // In SQLite's own words from here on: Entity Framework would make both tables anew, which is not one transaction, and
            // would let the number of a deleted account be given out again.
            migrationBuilder.Sql("""
                DROP INDEX "IX_NotificationPreferences_FeedSecret";
                ALTER TABLE "NotificationPreferences" DROP COLUMN "FeedSecret";
                PRAGMA secure_delete = OFF;
                """);

            // A column can be added with a foreign key, a foreign key cannot be added to a column.
            migrationBuilder.Sql("""
                ALTER TABLE "Accounts" ADD COLUMN "NewInvitedById" INTEGER NULL CONSTRAINT "FK_Accounts_Accounts_InvitedById" REFERENCES "Accounts" ("Id") ON DELETE SET NULL;
                UPDATE "Accounts" SET "NewInvitedById" = "InvitedById" WHERE "InvitedById" IN (SELECT "Id" FROM "Accounts");
                DROP INDEX "IX_Accounts_InvitedById";
                ALTER TABLE "Accounts" DROP COLUMN "InvitedById";
                ALTER TABLE "Accounts" RENAME COLUMN "NewInvitedById" TO "InvitedById";
                CREATE INDEX "IX_Accounts_InvitedById" ON "Accounts" ("InvitedById");
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            // The addresses end: from a hash no secret comes back.
            migrationBuilder.DropTable(
                name: "FeedSecrets");

            migrationBuilder.Sql("""
                ALTER TABLE "Accounts" ADD COLUMN "NewInvitedById" INTEGER NULL;
                UPDATE "Accounts" SET "NewInvitedById" = "InvitedById";
                DROP INDEX "IX_Accounts_InvitedById";
                ALTER TABLE "Accounts" DROP COLUMN "InvitedById";
                ALTER TABLE "Accounts" RENAME COLUMN "NewInvitedById" TO "InvitedById";
                CREATE INDEX "IX_Accounts_InvitedById" ON "Accounts" ("InvitedById");
                """);

            migrationBuilder.AddColumn<string>(
                name: "FeedSecret",
                table: "NotificationPreferences",
                type: "TEXT",
                maxLength: 64,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "FeedTokens",
                columns: table => new
                {
                    AccountId = table.Column<long>(type: "INTEGER", nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Token = table.Column<string>(type: "TEXT", maxLength: 48, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_FeedTokens", x => x.AccountId);
                    table.ForeignKey(
                        name: "FK_FeedTokens_Accounts_AccountId",
                        column: x => x.AccountId,
                        principalTable: "Accounts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_NotificationPreferences_FeedSecret",
                table: "NotificationPreferences",
                column: "FeedSecret",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_FeedTokens_Token",
                table: "FeedTokens",
                column: "Token",
                unique: true);
        }
    }
}
