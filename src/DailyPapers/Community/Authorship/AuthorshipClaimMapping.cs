using DailyPapers.Community.Accounts;
using DailyPapers.Papers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DailyPapers.Community.Authorship;

internal sealed class AuthorshipClaimMapping : IEntityTypeConfiguration<AuthorshipClaim>
{
    public void Configure(EntityTypeBuilder<AuthorshipClaim> builder)
    {
        builder.ToTable("AuthorshipClaims");
        builder.Property(c => c.AuthorName).HasMaxLength(AuthorshipClaim.LongestName);
        builder.Property(c => c.Evidence).HasMaxLength(AuthorshipClaim.LongestText);
        builder.Property(c => c.Reason).HasMaxLength(AuthorshipClaim.LongestText);
        builder.Property(c => c.State).HasConversion<string>().HasMaxLength(16);
        builder.HasIndex(c => new { c.AccountId, c.PaperId }).IsUnique();
        builder.HasIndex(c => new { c.PaperId, c.State });
        builder.HasIndex(c => new { c.State, c.CreatedAt });
        builder.HasOne<Account>().WithMany().HasForeignKey(c => c.AccountId);
        builder.HasOne<Account>().WithMany().HasForeignKey(c => c.DecidedById).OnDelete(DeleteBehavior.SetNull);
        builder.HasOne<Paper>().WithMany().HasForeignKey(c => c.PaperId);
    }
}
