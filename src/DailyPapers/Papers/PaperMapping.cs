using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DailyPapers.Papers;

internal sealed class PaperMapping : IEntityTypeConfiguration<Paper>
{
    public void Configure(EntityTypeBuilder<Paper> builder)
    {
        builder.Property(p => p.Key).HasMaxLength(64);
        builder.HasIndex(p => p.Key).IsUnique();
        builder.Property(p => p.ArxivId).HasMaxLength(32);
        builder.HasIndex(p => p.ArxivId).IsUnique();
        builder.Property(p => p.Doi).HasMaxLength(256);
        builder.HasIndex(p => p.Doi).IsUnique();
        builder.Property(p => p.TitleFingerprint).HasMaxLength(20);
        builder.HasIndex(p => p.TitleFingerprint);
        builder.Property(p => p.Authors).IsJson();
        builder.Property(p => p.Versions).IsJson();
        builder.Property(p => p.PublishedPrecision).HasConversion<string>().HasMaxLength(8);
        builder.Property(p => p.Topic).HasMaxLength(64);
        builder.Property(p => p.LabSlug).HasMaxLength(64);
        builder.HasIndex(p => p.LabSlug).IsUnique();
        builder.Property(p => p.Source).HasMaxLength(32);
        builder.HasIndex(p => p.ChangeSequence).IsUnique();
        builder.HasIndex(p => p.Published);
    }
}
