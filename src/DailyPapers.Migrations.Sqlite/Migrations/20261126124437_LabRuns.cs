using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace DailyPapers.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class LabRuns : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "IsStandard",
                table: "ReproductionRuns",
                type: "INTEGER",
                nullable: false,
                defaultValue: true);

            migrationBuilder.CreateTable(
                name: "LabRunRequests",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    LabSlug = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Mode = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    Parameters = table.Column<string>(type: "TEXT", nullable: false),
                    RequestedById = table.Column<long>(type: "INTEGER", nullable: true),
                    RequestedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 16, nullable: false),
                    Fraction = table.Column<double>(type: "REAL", nullable: false),
                    Stage = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    Error = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: true),
                    EndedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    RunId = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_LabRunRequests", x => x.Id);
                    table.ForeignKey(
                        name: "FK_LabRunRequests_Accounts_RequestedById",
                        column: x => x.RequestedById,
                        principalTable: "Accounts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.SetNull);
                    table.ForeignKey(
                        name: "FK_LabRunRequests_ReproductionRuns_RunId",
                        column: x => x.RunId,
                        principalTable: "ReproductionRuns",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.SetNull);
                });

            migrationBuilder.CreateIndex(
                name: "IX_LabRunRequests_LabSlug_Id",
                table: "LabRunRequests",
                columns: new[] { "LabSlug", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_LabRunRequests_RequestedById",
                table: "LabRunRequests",
                column: "RequestedById");

            migrationBuilder.CreateIndex(
                name: "IX_LabRunRequests_RunId",
                table: "LabRunRequests",
                column: "RunId");

            migrationBuilder.CreateIndex(
                name: "IX_LabRunRequests_State_Id",
                table: "LabRunRequests",
                columns: new[] { "State", "Id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "LabRunRequests");

            migrationBuilder.DropColumn(
                name: "IsStandard",
                table: "ReproductionRuns");
        }
    }
}
