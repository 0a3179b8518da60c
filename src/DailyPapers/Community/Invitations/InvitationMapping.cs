using DailyPapers.Community.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DailyPapers.Community.Invitations;

internal sealed class InvitationMapping : IEntityTypeConfiguration<Invitation>
{
    public void Configure(EntityTypeBuilder<Invitation> builder)
    {
        builder.ToTable("Invitations");
        builder.Property(i => i.CodeHash).HasMaxLength(32);
        builder.Property(i => i.Note).HasMaxLength(Invitation.LongestNote);
        builder.HasIndex(i => i.CodeHash).IsUnique();
        builder.HasIndex(i => i.InviterId);
        builder.HasOne<Account>().WithMany().HasForeignKey(i => i.InviterId).OnDelete(DeleteBehavior.SetNull);
        builder.HasOne<Account>().WithMany().HasForeignKey(i => i.AcceptedById).OnDelete(DeleteBehavior.SetNull);
    }
}
