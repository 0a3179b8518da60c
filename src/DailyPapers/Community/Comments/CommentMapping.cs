using DailyPapers.Community.Accounts;
using DailyPapers.Papers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DailyPapers.Community.Comments;

internal sealed class CommentMapping : IEntityTypeConfiguration<Comment>, IEntityTypeConfiguration<CommentRevision>
{
    public const int LongestReason = 300;

    public void Configure(EntityTypeBuilder<Comment> builder)
    {
        builder.ToTable("Comments");
        builder.Property(c => c.Text).HasMaxLength(Comment.LongestText);
        builder.Property(c => c.State).HasConversion<string>().HasMaxLength(16);
        builder.Property(c => c.StateReason).HasMaxLength(LongestReason);
        builder.HasIndex(c => new { c.PaperId, c.Id });
        builder.HasIndex(c => new { c.AuthorId, c.CreatedAt });
        builder.HasIndex(c => c.ParentId);
        builder.HasIndex(c => c.State);
        builder.HasOne<Paper>().WithMany().HasForeignKey(c => c.PaperId);
        builder.HasOne<Account>().WithMany().HasForeignKey(c => c.AuthorId).OnDelete(DeleteBehavior.SetNull);
        builder.HasOne<Comment>().WithMany().HasForeignKey(c => c.ParentId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<CommentRevision> builder)
    {
        builder.ToTable("CommentRevisions");
        builder.Property(r => r.Text).HasMaxLength(Comment.LongestText);
        builder.HasOne<Comment>().WithMany().HasForeignKey(r => r.CommentId);
    }
}
