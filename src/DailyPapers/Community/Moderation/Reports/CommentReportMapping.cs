using DailyPapers.Community.Accounts;
using DailyPapers.Community.Comments;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DailyPapers.Community.Moderation.Reports;

internal sealed class CommentReportMapping : IEntityTypeConfiguration<CommentReport>
{
    public void Configure(EntityTypeBuilder<CommentReport> builder)
    {
        builder.ToTable("CommentReports");
        builder.Property(r => r.Reason).HasConversion<string>().HasMaxLength(16);
        builder.Property(r => r.Note).HasMaxLength(CommentReport.LongestNote);
        builder.HasIndex(r => new { r.CommentId, r.ReporterId }).IsUnique();
        builder.HasIndex(r => r.ResolvedAt);
        builder.HasOne<Comment>().WithMany().HasForeignKey(r => r.CommentId);
        builder.HasOne<Account>().WithMany().HasForeignKey(r => r.ReporterId);
    }
}
