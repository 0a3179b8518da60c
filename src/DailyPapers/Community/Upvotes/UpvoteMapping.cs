using DailyPapers.Community.Accounts;
using DailyPapers.Papers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DailyPapers.Community.Upvotes;

internal sealed class UpvoteMapping : IEntityTypeConfiguration<Upvote>
{
    public void Configure(EntityTypeBuilder<Upvote> builder)
    {
        builder.HasKey(u => new { u.AccountId, u.PaperId });
        builder.HasIndex(u => new { u.PaperId, u.CreatedAt });
        // Votes of before weights were kept count in full.
        builder.Property(u => u.Weight).HasDefaultValue(1.0);
        builder.HasOne<Account>().WithMany().HasForeignKey(u => u.AccountId);
        builder.HasOne<Paper>().WithMany().HasForeignKey(u => u.PaperId);
    }
}
