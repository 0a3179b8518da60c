using DailyPapers.Community.Accounts;
using DailyPapers.Community.Comments;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DailyPapers.Community.Reactions;

internal sealed class ReactionMapping : IEntityTypeConfiguration<Reaction>
{
    public void Configure(EntityTypeBuilder<Reaction> builder)
    {
        builder.ToTable("Reactions");
        builder.HasKey(r => new { r.CommentId, r.AccountId, r.Kind });
        builder.Property(r => r.Kind).HasConversion<string>().HasMaxLength(16);
        builder.HasOne<Comment>().WithMany().HasForeignKey(r => r.CommentId);
        builder.HasOne<Account>().WithMany().HasForeignKey(r => r.AccountId);
    }
}
