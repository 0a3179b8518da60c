using DailyPapers.Community.Accounts;
using DailyPapers.Papers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DailyPapers.Community.Submissions;

internal sealed class ProposalMapping : IEntityTypeConfiguration<Proposal>
{
    public void Configure(EntityTypeBuilder<Proposal> builder)
    {
        builder.ToTable("Proposals");
        builder.Property(p => p.SubmitterName).HasMaxLength(80);
        builder.Property(p => p.Title).HasMaxLength(HandEntry.LongestTitle);
        builder.Property(p => p.Authors).HasMaxLength(HandEntry.LongestAuthors);
        builder.Property(p => p.Abstract).HasMaxLength(HandEntry.LongestAbstract);
        builder.Property(p => p.ArxivId).HasMaxLength(32);
        builder.Property(p => p.Doi).HasMaxLength(256);
        builder.Property(p => p.Url).HasMaxLength(2000);
        builder.Property(p => p.Note).HasMaxLength(Submission.LongestNote);
        builder.Property(p => p.Reason).HasMaxLength(Submission.LongestNote);
        builder.Property(p => p.State).HasConversion<string>().HasMaxLength(16);
        builder.HasIndex(p => p.State);
        builder.HasIndex(p => new { p.AccountId, p.SubmittedAt });
        builder.HasOne<Account>().WithMany().HasForeignKey(p => p.AccountId);
        builder.HasOne<Paper>().WithMany().HasForeignKey(p => p.PaperId).OnDelete(DeleteBehavior.SetNull);
    }
}
