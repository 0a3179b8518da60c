using DailyPapers.Community.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DailyPapers.Community.PrivateFeeds;

internal sealed class FeedSecretMapping : IEntityTypeConfiguration<FeedSecret>
{
    public void Configure(EntityTypeBuilder<FeedSecret> builder)
    {
        builder.ToTable("FeedSecrets");
        builder.HasKey(s => new { s.AccountId, s.Kind });
        builder.Property(s => s.Kind).HasConversion<string>().HasMaxLength(16);
        builder.Property(s => s.SecretHash).HasMaxLength(32);
        builder.HasIndex(s => s.SecretHash).IsUnique();
        builder.HasOne<Account>().WithMany().HasForeignKey(s => s.AccountId);
    }
}
