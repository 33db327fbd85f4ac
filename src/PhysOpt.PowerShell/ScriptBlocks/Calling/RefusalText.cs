using System.Text.RegularExpressions;
using PhysOpt.Tracing;

namespace PhysOpt.PowerShell.ScriptBlocks.Calling;

/// <summary>The text of a refusal: what PowerShell could not do with a traced number, in words of the user's own script.</summary>
internal static partial class RefusalText
{
    static readonly Dictionary<string, string> ShortNames = new(StringComparer.Ordinal)
    {
        ["Int32"] = "int",
        ["Int64"] = "long",
        ["Single"] = "float",
        ["Decimal"] = "decimal",
        ["Byte"] = "byte",
        ["UInt32"] = "uint",
        ["Boolean"] = "bool",
        ["Int16"] = "short",
        ["UInt64"] = "ulong",
        ["UInt16"] = "ushort",
        ["SByte"] = "sbyte",
        ["Char"] = "char",
        ["String"] = "string",
    };

    static readonly string[] Whole = ["Int32", "Int64", "Byte", "UInt32", "Int16", "UInt64", "UInt16", "SByte"];

    static readonly Dictionary<string, string> Bits = new(StringComparer.Ordinal)
    {
        ["op_BitwiseAnd"] = "-band",
        ["op_BitwiseOr"] = "-bor",
        ["op_ExclusiveOr"] = "-bxor",
        ["op_OnesComplement"] = "-bnot",
    };

    /// <summary>What an exception has to say.</summary>
    internal static string Of(Exception exception)
    {
        var message = exception.Message;
        if (exception is TracingException) return message;
        if (message.Contains("Boolean parameters accept only", StringComparison.Ordinal))
            return "A [bool] parameter cannot take a traced number; compare it first, as in ($v -ne 0)";
        if (message.Contains("operator works only on numbers", StringComparison.Ordinal))
            return "++ and -- of a traced number cannot be part of an expression; write $v += 1 as a statement of its own";
        if (message.Contains("Could not compare", StringComparison.Ordinal)) return "A traced number can be compared with numbers only";
        if (message.Contains("Cannot validate argument", StringComparison.Ordinal)
            || message.Contains("attribute cannot be added", StringComparison.Ordinal))
            return "A parameter is validated in a way that a traced number does not pass; check it in the block instead";
        if (Operator().Match(message) is { Success: true } missing)
            return $"{Bits.GetValueOrDefault(missing.Groups[1].Value, "This operator")} works on whole numbers, and a traced number is " +
            $"none";
        if (message.Contains("(Parameter 'field')", StringComparison.Ordinal))
            return "A term or factor is $null; a traced number cannot be computed with nothing";
        if (message.Contains("IConvertible", StringComparison.Ordinal))
            return "A traced number cannot stand where a whole number is needed, as in a range or an index";
        if (Index().IsMatch(message)) return "A traced number cannot stand where a whole number is needed, as in a range or an index";
        if (Overload().Match(message) is { Success: true } overload)
            return $"{overload.Groups[1].Value} does not take a traced number with these arguments";
        if (Conversion().Match(message) is { Success: true } conversion) return CannotHold(conversion.Groups[1].Value);
        return message.Contains("PhysOpt.Tracing", StringComparison.Ordinal)
            ? $"This cannot be done with a traced number: " +
            $"{message.Replace("PhysOpt.Tracing.TracedNumber", "traced number", StringComparison.Ordinal)}" : message;
    }

    static string CannotHold(string type)
    {
        var name = ShortNames.GetValueOrDefault(type, type);
        if (type == "Double") return "[double] cannot hold a traced number in an array or list of that type; use @(0.0) * n, " +
            "[object[]]::new(n) or a list of objects";
        return Whole.Contains(type)
            ? $"[{name}] cannot hold a traced number; [Math]::Round, Floor and Truncate give whole numbers that can be traced"
            : $"[{name}] cannot hold a traced number; only [double] can";
    }

    [GeneratedRegex("does not contain a method named '(op_[A-Za-z]+)'")]
    private static partial Regex Operator();

    [GeneratedRegex("overload for \"([A-Za-z_]+)\"")]
    private static partial Regex Overload();

    [GeneratedRegex("TracedNumber\" to type \"(?:System\\.)?([A-Za-z0-9_.\\[\\]]+)\"")]
    private static partial Regex Conversion();

    [GeneratedRegex("\"System.Object\\[\\]\" to type \"System.Int32\"")]
    private static partial Regex Index();
}
