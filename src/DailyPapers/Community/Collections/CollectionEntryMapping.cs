using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DailyPapers.Community.Collections;

internal sealed class CollectionEntryMapping : IEntityTypeConfiguration<CollectionEntry>
{
    public void Configure(EntityTypeBuilder<CollectionEntry> builder)
    {
        builder.ToTable("CollectionEntries");
        builder.HasKey(e => new { e.CollectionId, e.PaperId });
        builder.Property(e => e.Note).HasMaxLength(CollectionEntry.LongestNote);
        builder.HasOne(e => e.Paper).WithMany().HasForeignKey(e => e.PaperId);
    }
}
