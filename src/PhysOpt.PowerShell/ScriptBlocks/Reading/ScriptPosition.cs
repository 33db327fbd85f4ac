using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace PhysOpt.PowerShell.ScriptBlocks.Reading;

/// <summary>Says in words where something stands in the user's script.</summary>
internal static class ScriptPosition
{
    const int MostText = 40;

    /// <summary>Where an error arose: file, line, column, and what stands there.</summary>
    internal static string Of(InvocationInfo info)
    {
        var line = info.Line.TrimEnd();
        var text = line[int.Clamp(info.OffsetInLine - 1, 0, line.Length)..];
        return $"{At(info.ScriptName, info.ScriptLineNumber, info.OffsetInLine)}: {Shortened(text)}";
    }

    /// <summary>Where a part of a script stands, and its first line.</summary>
    internal static string Of(IScriptExtent part) =>
        $"{At(part.File, part.StartLineNumber, part.StartColumnNumber)}: {Shortened(part.Text.Split('\n')[0].TrimEnd())}";

    /// <summary>A part of a script, and where it stands.</summary>
    internal static string Named(IScriptExtent part) =>
        $"{Shortened(part.Text.Split('\n')[0].TrimEnd())} at {At(part.File, part.StartLineNumber, part.StartColumnNumber)}";

    /// <summary>Where a block begins.</summary>
    internal static string Of(ScriptBlock block)
    {
        var extent = block.Ast.Extent;
        return At(extent.File, extent.StartLineNumber, extent.StartColumnNumber);
    }

    static string Shortened(string text) => text.Length > MostText ? text[..MostText] + "..." : text;

    static string At(string? file, int line, int column) => string.Create(
        CultureInfo.InvariantCulture, $"{(string.IsNullOrEmpty(file) ? "" : file + ", ")}line {line}, column {column}");
}
