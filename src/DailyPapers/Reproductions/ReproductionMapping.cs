using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DailyPapers.Reproductions;

internal sealed class ReproductionMapping : IEntityTypeConfiguration<ReproductionRun>, IEntityTypeConfiguration<ReproductionFigure>
{
    public void Configure(EntityTypeBuilder<ReproductionRun> builder)
    {
        builder.Property(r => r.LabSlug).HasMaxLength(64);
        builder.Property(r => r.Mode).HasMaxLength(16);
        builder.Property(r => r.Verdict).HasMaxLength(32);
        builder.Property(r => r.ContentHash).HasMaxLength(64);
        builder.HasIndex(r => new { r.LabSlug, r.ContentHash }).IsUnique();
        builder.HasMany(r => r.Figures).WithOne().HasForeignKey(f => f.RunId);
    }

    public void Configure(EntityTypeBuilder<ReproductionFigure> builder)
    {
        builder.HasKey(f => new { f.RunId, f.FileName });
        builder.Property(f => f.FileName).HasMaxLength(128);
    }
}
