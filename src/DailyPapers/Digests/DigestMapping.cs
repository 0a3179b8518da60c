using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DailyPapers.Digests;

internal sealed class DigestMapping : IEntityTypeConfiguration<Subscriber>, IEntityTypeConfiguration<DigestDelivery>
{
    public void Configure(EntityTypeBuilder<Subscriber> builder)
    {
        builder.Property(s => s.Email).HasMaxLength(254);
        builder.Property(s => s.NormalizedEmail).HasMaxLength(254);
        builder.HasIndex(s => s.NormalizedEmail).IsUnique();
        builder.Property(s => s.Frequency).HasConversion<string>().HasMaxLength(16);
        builder.Property(s => s.Language).HasMaxLength(16);
        builder.Property(s => s.State).HasConversion<string>().HasMaxLength(16);
        builder.HasIndex(s => s.ConfirmationTokenHash).IsUnique();
    }

    public void Configure(EntityTypeBuilder<DigestDelivery> builder)
    {
        builder.Property(d => d.Period).HasMaxLength(16);
        builder.Property(d => d.State).HasConversion<string>().HasMaxLength(16);
        builder.Property(d => d.MessageId).HasMaxLength(200);
        builder.HasIndex(d => new { d.SubscriberId, d.Period }).IsUnique();
        builder.HasIndex(d => d.State);
        builder.HasOne<Subscriber>().WithMany().HasForeignKey(d => d.SubscriberId);
    }
}
