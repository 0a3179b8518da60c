using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DailyPapers.Community.Accounts.Sessions;

internal sealed class AccountSessionMapping : IEntityTypeConfiguration<AccountSession>
{
    public void Configure(EntityTypeBuilder<AccountSession> builder)
    {
        builder.ToTable("AccountSessions");
        builder.Property(s => s.KeyHash).HasMaxLength(32);
        builder.Property(s => s.SecurityStamp).HasMaxLength(64);
        builder.Property(s => s.Device).HasMaxLength(AccountSession.LongestDevice);
        builder.Property(s => s.Method).HasConversion<string>().HasMaxLength(32);
        builder.HasIndex(s => s.KeyHash).IsUnique();
        builder.HasIndex(s => s.AccountId);
        builder.HasIndex(s => s.LastSeenAt);
        builder.HasOne<Account>().WithMany().HasForeignKey(s => s.AccountId);
    }
}
