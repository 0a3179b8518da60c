using DailyPapers.Community.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DailyPapers.Community.Following;

internal sealed class FeedTokenMapping : IEntityTypeConfiguration<FeedToken>
{
    public void Configure(EntityTypeBuilder<FeedToken> builder)
    {
        builder.ToTable("FeedTokens");
        builder.HasKey(t => t.AccountId);
        builder.Property(t => t.AccountId).ValueGeneratedNever();
        builder.Property(t => t.Token).HasMaxLength(48);
        builder.HasIndex(t => t.Token).IsUnique();
        builder.HasOne<Account>().WithOne().HasForeignKey<FeedToken>(t => t.AccountId);
    }
}
