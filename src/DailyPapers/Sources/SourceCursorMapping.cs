using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DailyPapers.Sources;

internal sealed class SourceCursorMapping : IEntityTypeConfiguration<SourceCursor>
{
    public void Configure(EntityTypeBuilder<SourceCursor> builder)
    {
        builder.HasKey(c => c.Key);
        builder.Property(c => c.Key).HasMaxLength(200);
    }
}
