using DailyPapers.Community.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DailyPapers.Community.Collections;

internal sealed class CollectionMapping : IEntityTypeConfiguration<Collection>
{
    public void Configure(EntityTypeBuilder<Collection> builder)
    {
        builder.ToTable("Collections");
        builder.Property(c => c.Name).HasMaxLength(Collection.LongestName);
        builder.Property(c => c.Slug).HasMaxLength(Slugs.Longest);
        builder.Property(c => c.Description).HasMaxLength(Collection.LongestDescription);
        builder.HasIndex(c => new { c.AccountId, c.UpdatedAt });
        builder.HasIndex(c => new { c.IsPublic, c.UpdatedAt });
        builder.HasOne<Account>().WithMany().HasForeignKey(c => c.AccountId);
        builder.HasMany(c => c.Entries).WithOne().HasForeignKey(e => e.CollectionId);
    }
}
