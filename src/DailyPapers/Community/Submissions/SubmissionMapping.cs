using DailyPapers.Community.Accounts;
using DailyPapers.Papers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DailyPapers.Community.Submissions;

internal sealed class SubmissionMapping : IEntityTypeConfiguration<Submission>
{
    public void Configure(EntityTypeBuilder<Submission> builder)
    {
        builder.Property(s => s.SubmitterName).HasMaxLength(80);
        builder.Property(s => s.Origin).HasMaxLength(32);
        // Submissions of before states were kept are those imported with the editions they were in.
        builder.Property(s => s.State).HasConversion<string>().HasMaxLength(16).HasDefaultValue(SubmissionState.Accepted);
        builder.Property(s => s.Note).HasMaxLength(Submission.LongestNote);
        builder.Property(s => s.Reason).HasMaxLength(Submission.LongestNote);
        builder.HasIndex(s => new { s.AccountId, s.SubmittedAt });
        builder.HasIndex(s => new { s.PaperId, s.Origin }).IsUnique();
        builder.HasOne<Paper>().WithMany().HasForeignKey(s => s.PaperId);
        builder.HasOne<Account>().WithMany().HasForeignKey(s => s.AccountId).OnDelete(DeleteBehavior.SetNull);
    }
}
