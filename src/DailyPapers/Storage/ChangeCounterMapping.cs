using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DailyPapers.Storage;

internal sealed class ChangeCounterMapping : IEntityTypeConfiguration<ChangeCounter>
{
    public void Configure(EntityTypeBuilder<ChangeCounter> builder)
    {
        builder.ToTable("ChangeCounter");
        builder.Property(c => c.Id).ValueGeneratedNever();
        builder.Property(c => c.Lineage).HasMaxLength(32);
    }
}
