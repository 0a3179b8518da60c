using DailyPapers.Community.Accounts;
using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace DailyPapers.Reproductions.Requests;

internal sealed class LabRunRequestMapping : IEntityTypeConfiguration<LabRunRequest>
{
    public void Configure(EntityTypeBuilder<LabRunRequest> builder)
    {
        builder.ToTable("LabRunRequests");
        builder.Property(r => r.LabSlug).HasMaxLength(64);
        builder.Property(r => r.Mode).HasConversion<string>().HasMaxLength(16);
        builder.Property(r => r.State).HasConversion<string>().HasMaxLength(16);
        builder.Property(r => r.Stage).HasMaxLength(200);
        builder.Property(r => r.Error).HasMaxLength(LabRunRequest.LongestError);
        builder.Property(r => r.Parameters).IsJson();
        builder.HasIndex(r => new { r.State, r.Id });
        builder.HasIndex(r => new { r.LabSlug, r.Id });
        builder.HasOne<Account>().WithMany().HasForeignKey(r => r.RequestedById).OnDelete(DeleteBehavior.SetNull);
        builder.HasOne<ReproductionRun>().WithMany().HasForeignKey(r => r.RunId).OnDelete(DeleteBehavior.SetNull);
    }
}
