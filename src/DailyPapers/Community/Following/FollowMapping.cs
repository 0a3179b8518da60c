using DailyPapers.Community.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DailyPapers.Community.Following;

internal sealed class FollowMapping : IEntityTypeConfiguration<Follow>
{
    public void Configure(EntityTypeBuilder<Follow> builder)
    {
        builder.ToTable("Follows");
        builder.Property(f => f.Kind).HasConversion<string>().HasMaxLength(16);
        builder.Property(f => f.Value).HasMaxLength(Follow.LongestValue);
        builder.Property(f => f.Term).HasMaxLength(Follow.LongestValue);
        builder.HasIndex(f => new { f.AccountId, f.Kind, f.Term }).IsUnique();
        builder.HasIndex(f => new { f.Kind, f.Term });
        builder.HasOne<Account>().WithMany().HasForeignKey(f => f.AccountId);
    }
}
