using DailyPapers.Community.Accounts;
using DailyPapers.Community.Comments;
using DailyPapers.Papers;
using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DailyPapers.Community.Notifications;

internal sealed class NotificationMapping : IEntityTypeConfiguration<Notification>, IEntityTypeConfiguration<NotificationPreference>
{
    public void Configure(EntityTypeBuilder<Notification> builder)
    {
        builder.ToTable("Notifications");
        builder.Property(n => n.Kind).HasConversion<string>().HasMaxLength(16);
        builder.Property(n => n.Decision).HasConversion<string>().HasMaxLength(32);
        builder.Property(n => n.Names).IsJson();
        builder.Property(n => n.Text).HasMaxLength(Notification.LongestText);
        builder.HasIndex(n => new { n.AccountId, n.ReadAt });
        builder.HasIndex(n => n.MailedAt);
        builder.HasOne<Account>().WithMany().HasForeignKey(n => n.AccountId);
        builder.HasOne<Account>().WithMany().HasForeignKey(n => n.ActorId).OnDelete(DeleteBehavior.SetNull);
        builder.HasOne<Comment>().WithMany().HasForeignKey(n => n.CommentId);
        builder.HasOne<Paper>().WithMany().HasForeignKey(n => n.PaperId);
    }

    public void Configure(EntityTypeBuilder<NotificationPreference> builder)
    {
        builder.ToTable("NotificationPreferences");
        builder.HasKey(p => p.AccountId);
        builder.Property(p => p.AccountId).ValueGeneratedNever();
        builder.Property(p => p.Pace).HasConversion<string>().HasMaxLength(16);
        builder.Property(p => p.MailSecret).HasMaxLength(64);
        builder.HasIndex(p => p.MailSecret).IsUnique();
        builder.HasOne<Account>().WithOne().HasForeignKey<NotificationPreference>(p => p.AccountId);
    }
}
