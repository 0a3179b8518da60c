using DailyPapers.Papers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DailyPapers.Editions.Drafting;

internal sealed class DraftMapping : IEntityTypeConfiguration<EditionDraft>, IEntityTypeConfiguration<DraftPick>, IEntityTypeConfiguration<DroppedPaper>, IEntityTypeConfiguration<SkippedPaper>
{
    public void Configure(EntityTypeBuilder<EditionDraft> builder)
    {
        builder.ToTable("EditionDrafts");
        builder.HasIndex(d => d.Date).IsUnique();
        builder.Property(d => d.State).HasConversion<string>().HasMaxLength(16);
        builder.HasIndex(d => new { d.State, d.ScheduledFor });
        builder.HasMany(d => d.Picks).WithOne().HasForeignKey(pick => pick.DraftId);
        builder.HasMany(d => d.Dropped).WithOne().HasForeignKey(dropped => dropped.DraftId);
    }

    public void Configure(EntityTypeBuilder<DraftPick> builder)
    {
        builder.ToTable("DraftPicks");
        builder.HasKey(pick => new { pick.DraftId, pick.PaperId });
        builder.Property(pick => pick.Note).HasMaxLength(DraftPick.LongestNote);
        builder.HasOne(pick => pick.Paper).WithMany().HasForeignKey(pick => pick.PaperId);
    }

    public void Configure(EntityTypeBuilder<DroppedPaper> builder)
    {
        builder.ToTable("DroppedPapers");
        builder.HasKey(dropped => new { dropped.DraftId, dropped.PaperId });
        builder.HasOne(dropped => dropped.Paper).WithMany().HasForeignKey(dropped => dropped.PaperId);
    }

    public void Configure(EntityTypeBuilder<SkippedPaper> builder)
    {
        builder.ToTable("SkippedPapers");
        builder.HasKey(s => s.PaperId);
        builder.Property(s => s.PaperId).ValueGeneratedNever();
        builder.HasOne<Paper>().WithOne().HasForeignKey<SkippedPaper>(s => s.PaperId);
    }
}
