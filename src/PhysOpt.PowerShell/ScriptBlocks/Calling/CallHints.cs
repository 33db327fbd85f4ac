using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Text.RegularExpressions;
using PhysOpt.PowerShell.ScriptBlocks.Reading;

namespace PhysOpt.PowerShell.ScriptBlocks.Calling;

/// <summary>What to write instead, where a block failed by one of the slips that everybody makes once.</summary>
/// <param name="block">The block.</param>
/// <param name="role">What it is in the problem: "Physics", "Loss", ...</param>
/// <param name="argument">The name of its first argument.</param>
/// <param name="place">Which argument is the one that may have a parameter for each component, counted from 0.</param>
/// <param name="variables">The names of the variables; null where they have none.</param>
internal sealed class CallHints(ScriptBlock block, string role, string argument, int place, VariableNames? variables)
{
    /// <summary>A message as a sentence: what a user throws often ends without a full stop.</summary>
    /// <param name="message">The message.</param>
    /// <param name="firstLine">True where the lines after the first are advice of PowerShell's that does not fit here.</param>
    internal static string Sentence(string message, bool firstLine = false)
    {
        var text = (firstLine ? message.Split('\n')[0] : message).TrimEnd();
        return text.Length > 0 && text[^1] is '.' or '!' or '?' ? text : text + ".";
    }

    /// <summary>The hint for an error, with a blank before it; empty where there is none that fits.</summary>
    /// <param name="error">What the block failed with.</param>
    /// <param name="values">What it was called with.</param>
    internal string Of(RuntimeException error, object?[] values)
    {
        if (error.WasThrownFromThrowStatement) return ""; // it says what the user wants it to say
        var message = error.Message;
        var isOfLists = message.Contains("System.Object[]", StringComparison.Ordinal);
        var isOfArrays = message.Contains("System.Double[]", StringComparison.Ordinal);
        if ((isOfLists || isOfArrays) && ArrayIn(Statement(error), values) is { } array) return Array(array, values);
        if (isOfLists && message.Contains("op_", StringComparison.Ordinal))
            return " A comma binds tighter than arithmetic: put each number in parentheses, such as (2 * $x[0]), ($x[1] + 1).";
        if (isOfArrays && ArrayIn(null, values) is { } any) return Array(any, values);
        return message.Contains("Dictionary", StringComparison.Ordinal) || message.Contains("Hashtable", StringComparison.Ordinal)
            ? Names(values) : MissingParameter();
    }

    /// <summary>The hint where a parameter has a type that an argument does not convert to.</summary>
    internal string OfTypes(object?[] values) => ArrayIn(null, values) is { } array ? Array(array, values) : "";

    /// <summary>A hint for a block that names no parameter and does not use $args or $_ either.</summary>
    internal string MissingParameter()
    {
        var text = block.Ast.Extent.Text;
        return (block.Ast as FunctionDefinitionAst)?.Parameters is { Count: > 0 } || ParameterUse.IsItem(block.Ast)
            || text.Contains("param", StringComparison.OrdinalIgnoreCase) || text.Contains("args", StringComparison.OrdinalIgnoreCase)
            ? ""
            : $" The block has no parameter: start it with param(${argument}).";
    }

    /// <summary>The text of the innermost statement of the block in which it failed; empty where that was in a function.</summary>
    string Statement(RuntimeException error)
    {
        if (error.ErrorRecord?.InvocationInfo is not { } info || (info.ScriptName ?? "") != (block.Ast.Extent.File ?? "")) return "";
        var at = (info.ScriptLineNumber, info.OffsetInLine);
        return block.Ast.FindAll(part => part is StatementAst and not FunctionDefinitionAst && part.Extent is var extent
                && (extent.StartLineNumber, extent.StartColumnNumber).CompareTo(at) <= 0
                && (extent.EndLineNumber, extent.EndColumnNumber).CompareTo(at) > 0, searchNestedScriptBlocks: true)
            .LastOrDefault()?.Extent.Text ?? "";
    }

    /// <summary>Which argument is an array that a text uses as a whole (any array where there is no text); null for none.</summary>
    int? ArrayIn(string? text, object?[] values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i] is not double[] || Name(i) is not { } name) continue;
            if (text is null || Regex.IsMatch(text, Regex.Escape(name) + @"(?![\w\[.:])", RegexOptions.IgnoreCase)) return i;
        }

        return null;
    }

    string Array(int index, object?[] values)
    {
        var (name, count) = (Name(index)!, ((double[])values[index]!).Length);
        if (count == 1)
            return $" {name} is an array of 1 number here, as the block indexes it, counts it or hands it on: " +
                $"write {name}[0] for the number.";
        var elements = $"{name}[0], {name}[1]{(count > 2 ? " and so on" : "")}";
        var each = index != place ? ""
            : variables is null || role == "Loss" ? ", or a parameter for each"
            : $", or a parameter for each: param({string.Join(", ", variables.Select(variable => "$" + variable))})";
        return role == "Loss" && new BlockParameters(block).All.Count > 1
            ? $" The loss gets y as one array of {count} numbers, unless it has {count} parameters: write {elements}."
            : $" {name} is an array of {count} numbers here: write {elements}{each}.";
    }

    string Names(object?[] values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i] is IDictionary && variables is not null && Name(i) is { } name)
                return $" {name} holds the variables by name: " +
                    $"write {string.Join(", ", variables.Select(variable => $"{name}.{variable}"))}.";
        }

        return "";
    }

    /// <summary>What the block calls an argument, with the $; null where it has no name for it.</summary>
    string? Name(int index)
    {
        var parameters = new BlockParameters(block).All;
        return index < parameters.Count ? "$" + parameters[index].Name
            : parameters.Count > 0 ? null
            : index == 0 && ParameterUse.IsItem(block.Ast) ? "$_"
            : block.Ast.Extent.Text.Contains("$args", StringComparison.OrdinalIgnoreCase) ? $"$args[{index}]" : null;
    }
}
