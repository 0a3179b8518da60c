using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DailyPapers.Community.Accounts;

internal sealed class AccountMapping : IEntityTypeConfiguration<Account>
{
    public void Configure(EntityTypeBuilder<Account> builder)
    {
        builder.ToTable("Accounts");
        builder.Property(a => a.DisplayName).HasMaxLength(Account.LongestName);
        builder.Property(a => a.Handle).HasMaxLength(Handles.Longest);
        builder.HasIndex(a => a.Handle).IsUnique();
        builder.Property(a => a.Role).HasConversion<string>().HasMaxLength(16);
        builder.Property(a => a.Trust).HasConversion<string>().HasMaxLength(16).HasDefaultValue(TrustLevel.New).HasSentinel(TrustLevel.New);
        builder.Property(a => a.Language).HasMaxLength(Account.LongestLanguage);
        builder.Property(a => a.BanReason).HasMaxLength(Account.LongestBanReason);
        builder.Property(a => a.AuthenticatorKey).HasMaxLength(1024);
        // Whom somebody invited stays when they leave, without an inviter: a branch of the tree becomes a tree.
        builder.HasOne<Account>().WithMany().HasForeignKey(a => a.InvitedById).OnDelete(DeleteBehavior.SetNull);
    }
}
