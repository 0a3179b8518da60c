using DailyPapers.Community.Invitations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DailyPapers.Community.Accounts.Links;

internal sealed class AccountLinkMapping : IEntityTypeConfiguration<AccountLink>
{
    public void Configure(EntityTypeBuilder<AccountLink> builder)
    {
        builder.ToTable("AccountLinks");
        builder.Property(l => l.Purpose).HasConversion<string>().HasMaxLength(32);
        builder.Property(l => l.TokenHash).HasMaxLength(32);
        builder.Property(l => l.Address).HasMaxLength(256);
        builder.Property(l => l.DisplayName).HasMaxLength(Account.LongestName);
        builder.HasIndex(l => l.TokenHash).IsUnique();
        builder.Property(l => l.NormalizedAddress).HasMaxLength(256);
        builder.HasIndex(l => new { l.NormalizedAddress, l.Purpose });
        builder.HasIndex(l => l.ExpiresAt);
        builder.HasOne<Account>().WithMany().HasForeignKey(l => l.AccountId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Invitation>().WithMany().HasForeignKey(l => l.InvitationId).OnDelete(DeleteBehavior.Cascade);
    }
}
