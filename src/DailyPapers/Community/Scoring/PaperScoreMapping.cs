using DailyPapers.Papers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DailyPapers.Community.Scoring;

internal sealed class PaperScoreMapping : IEntityTypeConfiguration<PaperScore>
{
    public void Configure(EntityTypeBuilder<PaperScore> builder)
    {
        builder.ToTable("PaperScores");
        builder.HasKey(s => s.PaperId);
        builder.Property(s => s.PaperId).ValueGeneratedNever();
        builder.HasIndex(s => s.Lasting);
        builder.HasOne<Paper>().WithOne().HasForeignKey<PaperScore>(s => s.PaperId);
        builder.HasOne<Paper>().WithMany().HasForeignKey(s => s.NearestPaperId).OnDelete(DeleteBehavior.SetNull);
    }
}
