using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DailyPapers.Editions;

internal sealed class EditionMapping : IEntityTypeConfiguration<Edition>, IEntityTypeConfiguration<EditionEntry>
{
    public void Configure(EntityTypeBuilder<Edition> builder)
    {
        builder.HasIndex(e => e.Date).IsUnique();
        builder.HasMany(e => e.Entries).WithOne().HasForeignKey(entry => entry.EditionId);
    }

    public void Configure(EntityTypeBuilder<EditionEntry> builder)
    {
        builder.HasKey(entry => new { entry.EditionId, entry.PaperId });
        builder.HasOne(entry => entry.Paper).WithMany().HasForeignKey(entry => entry.PaperId);
    }
}
