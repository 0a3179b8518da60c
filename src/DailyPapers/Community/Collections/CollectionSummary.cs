namespace DailyPapers.Community.Collections;

/// <summary>A collection as lists show it.</summary>
/// <param name="Id">Its identity.</param>
/// <param name="Slug">Its name as addresses have it.</param>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it is about.</param>
/// <param name="IsPublic">Whether others see it.</param>
/// <param name="Papers">How many papers it has.</param>
/// <param name="UpdatedAt">When it last changed.</param>
/// <param name="OwnerName">Its owner's name.</param>
/// <param name="OwnerHandle">Its owner's handle, if there is one.</param>
public sealed record CollectionSummary(
    long Id, string Slug, string Name, string? Description, bool IsPublic, int Papers, DateTimeOffset UpdatedAt, string OwnerName, string? OwnerHandle);
