namespace PhysOpt.Help;

/// <summary>
/// Something in a page is wrong: told in the form that MSBuild reads, so that it is an error of the build at its file and line.
/// </summary>
/// <param name="file">The page.</param>
/// <param name="line">The line, from 1.</param>
/// <param name="message">What is wrong, and what to write instead.</param>
internal sealed class PageException(string file, int line, string message) : Exception(message)
{
    /// <inheritdoc/>
    public override string ToString() => $"{file}({line}): error PHYSHELP: {Message}";
}
