namespace DailyPapers.Lab.Data;

/// <summary>What a picture shows and where.</summary>
/// <param name="Shape">0 disc, 1 ring, 2 square, 3 cross, 4 triangle.</param>
/// <param name="Row">0 for the upper half, 1 for the lower.</param>
/// <param name="Column">0 for the left half, 1 for the right.</param>
public readonly record struct ShapeConcept(int Shape, int Row, int Column);
