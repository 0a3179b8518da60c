using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DailyPapers.Community.Accounts;

internal sealed class AccountMapping : IEntityTypeConfiguration<Account>
{
    public void Configure(EntityTypeBuilder<Account> builder)
    {
        builder.ToTable("Accounts");
        builder.Property(a => a.DisplayName).HasMaxLength(80);
        builder.Property(a => a.Handle).HasMaxLength(40);
        builder.HasIndex(a => a.Handle).IsUnique();
        builder.Property(a => a.Role).HasConversion<string>().HasMaxLength(16);
    }
}
