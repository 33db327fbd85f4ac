using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Runtime.CompilerServices;

namespace PhysOpt.PowerShell.ScriptBlocks.Interpreting;

/// <summary>
/// Numbers that are written as arguments of commands: as 1.50 or 0x10. PowerShell keeps their text, which a [string] parameter gets, until
/// something is computed with them. Here such a number is an object of its own, by which its text is found.
/// </summary>
internal static class WrittenNumber
{
    static readonly ConditionalWeakTable<object, PSObject> Texts = [];
    static volatile bool isUsed;

    /// <summary>An argument of a command.</summary>
    internal static Evaluation Of(ExpressionAst ast)
    {
        if (ast is not ConstantExpressionAst { Value: ValueType value } || !Conversions.IsNumber(value)
            || ast.Extent.Text == System.Convert.ToString(value, CultureInfo.InvariantCulture)) return Syntax.Of(ast);
        var number = Copy(value);
        return f =>
        {
            Texts.GetValue(number, _ => PSObject.AsPSObject(ScriptBlock.Create($"& {{ $args[0] }} {ast.Extent.Text}").InvokeReturnAsIs()));
            isUsed = true;
            return number;
        };
    }

    /// <summary>The number as PowerShell has it, with its text where it has one.</summary>
    internal static object WithText(ValueType number) => isUsed && Texts.TryGetValue(number, out var text) ? text : number;

    /// <summary>The number without its text.</summary>
    internal static object Bare(object number) => isUsed && Texts.TryGetValue(number, out _) ? Copy(number) : number;

    /// <summary>The same number as another object.</summary>
    static object Copy(object number)
    {
        var one = Array.CreateInstance(number.GetType(), 1);
        one.SetValue(number, 0);
        return one.GetValue(0)!;
    }
}
