using DailyPapers.Community.Accounts;
using DailyPapers.Papers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DailyPapers.Community.Reading;

internal sealed class ReadingMapping : IEntityTypeConfiguration<ReadingEntry>
{
    public void Configure(EntityTypeBuilder<ReadingEntry> builder)
    {
        builder.ToTable("ReadingEntries");
        builder.HasKey(e => new { e.AccountId, e.PaperId });
        builder.HasIndex(e => new { e.AccountId, e.State, e.ChangedAt });
        builder.Property(e => e.State).HasConversion<string>().HasMaxLength(8);
        builder.HasOne<Account>().WithMany().HasForeignKey(e => e.AccountId);
        builder.HasOne<Paper>().WithMany().HasForeignKey(e => e.PaperId);
    }
}
