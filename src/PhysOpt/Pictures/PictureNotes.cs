namespace PhysOpt.Pictures;

/// <summary>What is to be said of a picture.</summary>
internal sealed class PictureNotes
{
    readonly List<string> warnings = [];
    readonly List<string> remarks = [];

    /// <summary>What the user should know: the picture does not show all that was asked for.</summary>
    internal IReadOnlyList<string> Warnings => warnings;

    /// <summary>How the picture was made.</summary>
    internal IReadOnlyList<string> Remarks => remarks;

    internal void Warn(string message) => warnings.Add(message);

    internal void Remark(string message) => remarks.Add(message);
}
