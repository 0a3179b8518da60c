using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DailyPapers.Community.Accounts.Passkeys;

// As the third version of Identity's tables has it. Named here rather than by that version, which includes the second one and so
// would change the lengths of columns of other tables. Identity's stores work with the entity and do not ask for the version.
internal sealed class PasskeyMapping : IEntityTypeConfiguration<IdentityUserPasskey<long>>
{
    public void Configure(EntityTypeBuilder<IdentityUserPasskey<long>> builder)
    {
        builder.ToTable("AspNetUserPasskeys");
        builder.HasKey(p => p.CredentialId);
        builder.Property(p => p.CredentialId).HasMaxLength(1024);
        builder.OwnsOne(p => p.Data, data => data.ToJson());
        builder.HasOne<Account>().WithMany().HasForeignKey(p => p.UserId).IsRequired();
    }
}
