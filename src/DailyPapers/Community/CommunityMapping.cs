using DailyPapers.Papers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DailyPapers.Community;

internal sealed class CommunityMapping :
    IEntityTypeConfiguration<Account>, IEntityTypeConfiguration<Upvote>, IEntityTypeConfiguration<Submission>
{
    public void Configure(EntityTypeBuilder<Account> builder)
    {
        builder.ToTable("Accounts");
        builder.Property(a => a.DisplayName).HasMaxLength(80);
        builder.Property(a => a.Role).HasConversion<string>().HasMaxLength(16);
    }

    public void Configure(EntityTypeBuilder<Upvote> builder)
    {
        builder.HasKey(u => new { u.AccountId, u.PaperId });
        builder.HasIndex(u => new { u.PaperId, u.CreatedAt });
        builder.HasOne<Account>().WithMany().HasForeignKey(u => u.AccountId);
        builder.HasOne<Paper>().WithMany().HasForeignKey(u => u.PaperId);
    }

    public void Configure(EntityTypeBuilder<Submission> builder)
    {
        builder.Property(s => s.SubmitterName).HasMaxLength(80);
        builder.Property(s => s.Origin).HasMaxLength(32);
        builder.HasIndex(s => new { s.PaperId, s.Origin }).IsUnique();
        builder.HasOne<Paper>().WithMany().HasForeignKey(s => s.PaperId);
        builder.HasOne<Account>().WithMany().HasForeignKey(s => s.AccountId).OnDelete(DeleteBehavior.SetNull);
    }
}
