using System.Globalization;
using System.Management.Automation;

namespace PhysOpt.PowerShell.ScriptBlocks;

/// <summary>Says in words where something stands in the user's script.</summary>
internal static class ScriptPosition
{
    const int MostText = 40;

    /// <summary>Where an error arose: file, line, column, and what stands there.</summary>
    internal static string Of(InvocationInfo info)
    {
        var line = info.Line.TrimEnd();
        var text = line[int.Clamp(info.OffsetInLine - 1, 0, line.Length)..];
        return $"{At(info.ScriptName, info.ScriptLineNumber, info.OffsetInLine)}: {(text.Length > MostText ? text[..MostText] + "..." : text)}";
    }

    /// <summary>Where a block begins.</summary>
    internal static string Of(ScriptBlock block)
    {
        var extent = block.Ast.Extent;
        return At(extent.File, extent.StartLineNumber, extent.StartColumnNumber);
    }

    static string At(string? file, int line, int column) => string.Create(
        CultureInfo.InvariantCulture, $"{(string.IsNullOrEmpty(file) ? "" : file + ", ")}line {line}, column {column}");
}
