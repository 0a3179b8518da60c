using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DailyPapers.Community.Moderation.Filters;

internal sealed class WordFilterMapping : IEntityTypeConfiguration<WordFilter>
{
    public void Configure(EntityTypeBuilder<WordFilter> builder)
    {
        builder.ToTable("WordFilters");
        builder.Property(f => f.Pattern).HasMaxLength(WordFilter.LongestPattern);
        builder.Property(f => f.Kind).HasConversion<string>().HasMaxLength(16);
        builder.Property(f => f.Action).HasConversion<string>().HasMaxLength(16);
        builder.HasIndex(f => new { f.Pattern, f.Kind }).IsUnique();
    }
}
