using DailyPapers.Community.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DailyPapers.Search.Saving;

internal sealed class SavedSearchMapping : IEntityTypeConfiguration<SavedSearch>
{
    public void Configure(EntityTypeBuilder<SavedSearch> builder)
    {
        builder.Property(s => s.Name).HasMaxLength(SavedSearch.LongestName);
        builder.Property(s => s.Query).HasMaxLength(SavedSearch.LongestQuery);
        builder.HasIndex(s => new { s.AccountId, s.Query }).IsUnique();
        builder.HasOne<Account>().WithMany().HasForeignKey(s => s.AccountId);
    }
}
