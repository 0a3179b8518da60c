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
        builder.HasIndex(s => new { s.PaperId, s.Origin }).IsUnique();
        builder.HasOne<Paper>().WithMany().HasForeignKey(s => s.PaperId);
        builder.HasOne<Account>().WithMany().HasForeignKey(s => s.AccountId).OnDelete(DeleteBehavior.SetNull);
    }
}
