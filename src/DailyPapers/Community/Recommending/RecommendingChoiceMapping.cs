using DailyPapers.Community.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DailyPapers.Community.Recommending;

internal sealed class RecommendingChoiceMapping : IEntityTypeConfiguration<RecommendingChoice>
{
    public void Configure(EntityTypeBuilder<RecommendingChoice> builder)
    {
        builder.ToTable("RecommendingChoices");
        builder.HasKey(c => c.AccountId);
        builder.Property(c => c.AccountId).ValueGeneratedNever();
        builder.HasOne<Account>().WithOne().HasForeignKey<RecommendingChoice>(c => c.AccountId);
    }
}
