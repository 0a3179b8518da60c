namespace DailyPapers.Lab.Data;

/// <summary>A picture before it is drawn.</summary>
/// <param name="Concept">The shape and its quarter.</param>
/// <param name="Large">Whether it is large.</param>
/// <param name="Bright">Whether it is bright.</param>
/// <param name="ShiftRow">From the middle of the quarter downwards, −1 to 1.</param>
/// <param name="ShiftColumn">From the middle of the quarter to the right, −1 to 1.</param>
public readonly record struct ShapeScene(ShapeConcept Concept, bool Large, bool Bright, double ShiftRow, double ShiftColumn);
