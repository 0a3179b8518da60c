using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DailyPapers.Community.Accounts.SecondFactor;

internal sealed class RecoveryCodeMapping : IEntityTypeConfiguration<RecoveryCode>
{
    public void Configure(EntityTypeBuilder<RecoveryCode> builder)
    {
        builder.ToTable("RecoveryCodes");
        builder.Property(c => c.Hash).HasMaxLength(32);
        builder.HasIndex(c => new { c.AccountId, c.Hash }).IsUnique();
        builder.HasOne<Account>().WithMany().HasForeignKey(c => c.AccountId);
    }
}
