using System.Management.Automation.Language;
using PhysOpt.PowerShell.ScriptBlocks.Reading;

namespace PhysOpt.PowerShell.ScriptBlocks.Rewriting;

/// <summary>
/// Makes the copy of a script that can be called with traced numbers: where PowerShell would lose or misread them, the copy calls
/// <see cref="TracedScript"/> or [PhysOpt.Math], which do the same to plain numbers.
/// </summary>
/// <remarks>What is rewritten: functions of [Math] and [double]; comparisons with what may be traced on the right; conditions, also those
/// of Where-Object and switch; -in, -contains, -is, -as; [double] and [double[]] as casts and as types of variables and parameters; [bool];
/// switch; ++ and --; new arrays of double; arguments of other methods of .NET, and calls of variables, which are looked at. What is said
/// to people is left out.</remarks>
internal sealed class BlockRewriter(TraceFlow flow)
{
    const string Runtime = "[PhysOpt.PowerShell.ScriptBlocks.Rewriting.TracedScript]";
    static readonly string[] Doubles = ["double", "System.Double"];
    static readonly string[] Choosing = ["MAX", "MIN", "CLAMP"]; // of which PowerShell may take an overload for whole numbers
    static readonly string[] OfDouble = ["EXPM1", "LOGP1"]; // which [double] computes in another way than [PhysOpt.Math]
    static readonly HashSet<string> Functions =
        [.. typeof(PhysOpt.Math).GetMethods().Where(method => method.IsStatic).Select(method => method.Name.ToUpperInvariant())];

    /// <summary>The changes to a script.</summary>
    internal TextEdits Edits(Ast script)
    {
        var edits = new TextEdits();
        var removed = -1; // what lies before has been taken out
        foreach (var ast in script.FindAll(_ => true, searchNestedScriptBlocks: true))
        {
            if (ast.Extent.StartOffset < removed) continue;
            if (ast is CommandAst command && IsOnlySaid(command))
            {
                edits.Replace(command.Extent.StartOffset, command.Extent.EndOffset, "$null = 0");
                removed = command.Extent.EndOffset;
            }
            else
            {
                Rewrite(edits, ast);
            }
        }

        return edits;
    }

    void Rewrite(TextEdits edits, Ast ast)
    {
        switch (ast)
        {
            case InvokeMemberExpressionAst
            {
                Static: true, Expression: TypeExpressionAst type,
                Member: StringConstantExpressionAst member
            } call:
                if (TypeRules.IsType(type.TypeName, "math", "System.Math", "PhysOpt.Math")
                    && Choosing.Contains(member.Value.ToUpperInvariant()) && call.Arguments?.Any(flow.MayBeTraced) == true)
                    edits.Replace(type.Extent.StartOffset, type.Extent.EndOffset, Runtime);
                else if (TypeRules.IsType(type.TypeName, Doubles) && OfDouble.Contains(member.Value.ToUpperInvariant()))
                    edits.Replace(type.Extent.StartOffset, type.Extent.EndOffset, Runtime);
                else if (TypeRules.IsType(type.TypeName, "math", "System.Math", "double", "System.Double")
                    && Functions.Contains(member.Value.ToUpperInvariant()))
                    edits.Replace(type.Extent.StartOffset, type.Extent.EndOffset, "[PhysOpt.Math]");
                else if (IsNewArray(call)) edits.Replace(type.Extent.StartOffset, member.Extent.EndOffset, $"{Runtime}::NewNumbers");
                else if (!TypeRules.HandsOn(type.TypeName, member.Value)) Arguments(edits, call, $"[{type.TypeName.Name}]::{member.Value}");
                break;

            case InvokeMemberExpressionAst
            {
                Static: false,
                Member: StringConstantExpressionAst { Value: var name }
            } call when name.Equals("Where",
                StringComparison.OrdinalIgnoreCase):
                if (call.Arguments is [ScriptBlockExpressionAst kept, ..]) Truth(edits, kept.ScriptBlock);
                break;

            case CommandAst
            {
                InvocationOperator: TokenKind.Ampersand
                or TokenKind.Dot
            } call when call.CommandElements[0] is VariableExpressionAst called:
                edits.Wrap(called.Extent, $"({Runtime}::OfThisText(", "))");
                break;

            case AttributeAst { PositionalArguments: [ScriptBlockExpressionAst valid] }:
                Truth(edits, valid.ScriptBlock);
                break;

            case CommandAst call when CommandRules.IsFilter(call.GetCommandName()):
                foreach (var filter in call.CommandElements.OfType<ScriptBlockExpressionAst>()) Truth(edits, filter.ScriptBlock);
                break;

            case BinaryExpressionAst binary:
                Binary(edits, binary);
                break;

            case UnaryExpressionAst { TokenKind: TokenKind.Not or TokenKind.Exclaim } not:
                Condition(edits, not.Child);
                break;

            case UnaryExpressionAst
            {
                TokenKind: TokenKind.PlusPlus or TokenKind.MinusMinus or TokenKind.PostfixPlusPlus
                or TokenKind.PostfixMinusMinus
            } step:
                if (step.Parent is CommandExpressionAst { Parent: PipelineAst { Parent: not ParenExpressionAst } }
                    && flow.MayBeTraced(step.Child))
                {
                    var sign = step.TokenKind is TokenKind.PlusPlus or TokenKind.PostfixPlusPlus ? "+=" : "-=";
                    edits.Replace(step.Extent.StartOffset, step.Extent.EndOffset, $"{step.Child.Extent.Text} {sign} 1");
                }
                else if (step.TokenKind is TokenKind.PlusPlus or TokenKind.MinusMinus && step.Child is VariableExpressionAst
                    && flow.MayBeTraced(step.Child))
                {
                    edits.Replace(step.Extent.StartOffset, step.Extent.EndOffset,
                        $"({step.Child.Extent.Text} {(step.TokenKind == TokenKind.PlusPlus ? "+=" : "-=")} 1)");
                }

                break;

            case IfStatementAst branch:
                foreach (var (condition, _) in branch.Clauses) Condition(edits, condition);
                break;

            case LoopStatementAst loop and not ForEachStatementAst:
                Condition(edits, loop.Condition);
                break;

            case AssignmentStatementAst { Operator: TokenKind.Equals } assignment when flow.IsTruth(assignment.Left)
                && flow.MayBeTraced(assignment.Right):
                Wrap(edits, assignment.Right, "IsTrue");
                break;

            case AssignmentStatementAst { Left: ArrayLiteralAst list } when flow.MayBeTraced(list):
                foreach (var typed in list.Elements.OfType<ConvertExpressionAst>())
                {
                    if (TypeRules.IsType(typed.Type.TypeName, Doubles))
                        edits.Replace(typed.Type.Extent.StartOffset, typed.Type.Extent.EndOffset, "");
                }

                break;

            case AssignmentStatementAst { Left: ConvertExpressionAst { Child: VariableExpressionAst } typed } assignment
                when flow.MayBeTraced(typed.Child):
                if (Conversion(typed.Type.TypeName) is { } convert)
                {
                    edits.Replace(typed.Type.Extent.StartOffset, typed.Type.Extent.EndOffset, "");
                    Wrap(edits, assignment.Right, convert);
                }

                break;

            case ConvertExpressionAst cast when !IsTarget(cast) && flow.MayBeTraced(cast.Child):
                if ((TypeRules.IsType(cast.Type.TypeName, "bool", "System.Boolean") ? "IsTrue"
                    : Conversion(cast.Type.TypeName)) is { } conversion)
                    Call(edits, cast.Type.Extent, cast.Child.Extent, cast.Extent, conversion);
                break;

            case ParameterAst parameter:
                foreach (var attribute in parameter.Attributes.OfType<TypeConstraintAst>())
                {
                    if (Conversion(attribute.TypeName) is not null)
                        edits.Replace(attribute.Extent.StartOffset, attribute.Extent.EndOffset, "");
                }

                break;

            case SwitchStatementAst choice:
                foreach (var (value, _) in choice.Clauses)
                {
                    if (value is ScriptBlockExpressionAst clause) Truth(edits, clause.ScriptBlock);
                    else if (flow.MayBeTraced(choice.Condition) || flow.MayBeTraced(value))
                        edits.Wrap(value.Extent, $"{{ {Runtime}::Compare('eq', $_, (", ")) }");
                }

                break;

            default:
                // a ? b : c came after the language that the module is compiled against
                if (ast.GetType().Name == "TernaryExpressionAst")
                    Condition(edits, (Ast?)ast.GetType().GetProperty("Condition")?.GetValue(ast));
                break;
        }
    }

    void Binary(TextEdits edits, BinaryExpressionAst binary)
    {
        var (left, right) = (binary.Left, binary.Right);
        switch (Name(binary.Operator))
        {
            case "and" or "or" or "xor":
                Condition(edits, left);
                Condition(edits, right);
                break;
            case var name and ("is" or "isnot" or "as") when flow.MayBeTraced(left):
                Infix(edits, binary, $"{Runtime}::{name}((");
                break;
            case var name and ("in" or "notin" or "contains" or "notcontains") when flow.MayBeTraced(left) || flow.MayBeTraced(right):
                Infix(edits, binary, $"{Runtime}::Contains('{name}', (");
                break;
            case var name and ("lt" or "le" or "gt" or "ge" or "eq" or "ne") when flow.MayBeTraced(right)
                || (name is "eq" or "ne" && flow.MayBeTraced(left)):
                Infix(edits, binary, $"{Runtime}::Compare('{name}', (");
                break;
        }
    }

    /// <summary>A condition that is not the Boolean of a comparison.</summary>
    void Condition(TextEdits edits, Ast? condition)
    {
        if (condition is not null && flow.MayBeTraced(condition)) Wrap(edits, condition, "IsTrue");
    }

    /// <summary>A block whose result is a condition: <see cref="BlockScan"/> takes care that it is its last statement.</summary>
    void Truth(TextEdits edits, ScriptBlockAst block)
    {
        if (block.EndBlock?.Statements is [.., PipelineAst last]) Condition(edits, last);
    }

    /// <summary>Arguments of a method that takes plain numbers only: a traced one is refused by name.</summary>
    void Arguments(TextEdits edits, InvokeMemberExpressionAst call, string method)
    {
        foreach (var argument in call.Arguments ?? [])
        {
            if (flow.MayBeTraced(argument))
                edits.Wrap(argument.Extent, $"{Runtime}::Plain('{method.Replace("'", "''", StringComparison.Ordinal)}', (", "))");
        }
    }

    /// <summary>A statement that tells people something and does nothing else.</summary>
    static bool IsOnlySaid(CommandAst command) =>
        command.GetCommandName() is { } name && CommandRules.IsTalking(name)
        && command.Parent is PipelineAst { PipelineElements.Count: 1, Parent: StatementBlockAst or NamedBlockAst }
        && command.Find(part => part is AssignmentStatementAst or InvokeMemberExpressionAst
            || (part is CommandAst other && other != command)
            || part is UnaryExpressionAst { TokenKind: not TokenKind.Minus and not TokenKind.Not and not TokenKind.Exclaim },
                searchNestedScriptBlocks: true) is null;

    /// <summary>A cast that is the type of a variable: [double]$s = 0.</summary>
    static bool IsTarget(ConvertExpressionAst cast) =>
        (cast.Parent is AssignmentStatementAst assignment && assignment.Left == cast)
            || cast.Parent is ArrayLiteralAst { Parent: AssignmentStatementAst { Left: ArrayLiteralAst list } } && list == cast.Parent;

    static void Infix(TextEdits edits, BinaryExpressionAst binary, string call)
    {
        edits.Wrap(binary.Extent, call, "))");
        edits.Replace(binary.Left.Extent.EndOffset, binary.Right.Extent.StartOffset, "), (");
    }

    static void Wrap(TextEdits edits, Ast part, string method)
    {
        var isExpression = part is ExpressionAst or CommandExpressionAst or PipelineAst { PipelineElements: [CommandExpressionAst] }
            or AssignmentStatementAst;
        edits.Wrap(part.Extent, $"{Runtime}::{method}({(isExpression ? "(" : "$(")}", "))");
    }

    static void Call(TextEdits edits, IScriptExtent type, IScriptExtent child, IScriptExtent whole, string method)
    {
        edits.Wrap(whole, $"{Runtime}::{method}((", "))");
        edits.Replace(type.StartOffset, child.StartOffset, "");
    }

    /// <summary>The call that does what a conversion does.</summary>
    static string? Conversion(ITypeName type) =>
        TypeRules.IsType(type, Doubles) ? "ToNumber" : type is ArrayTypeName { Rank: 1 } array
            && TypeRules.IsType(array.ElementType, Doubles) ? "ToNumbers" : null;

    bool IsNewArray(InvokeMemberExpressionAst call) =>
        call is
        {
            Expression: TypeExpressionAst { TypeName: ArrayTypeName { Rank: 1 } array },
            Member: StringConstantExpressionAst { Value: var name }, Arguments.Count: 1
        }
        && TypeRules.IsType(array.ElementType, Doubles) && name.Equals("new", StringComparison.OrdinalIgnoreCase)
            && !flow.MayBeTraced(call.Arguments[0]);

    /// <summary>The name of a comparison without the mark of its case sensitivity.</summary>
    static string Name(TokenKind kind)
    {
        var name = kind.ToString().ToUpperInvariant() switch
        {
            "IEQ" or "CEQ" => "eq",
            "INE" or "CNE" => "ne",
            "ILT" or "CLT" => "lt",
            "ILE" or "CLE" => "le",
            "IGT" or "CGT" => "gt",
            "IGE" or "CGE" => "ge",
            "IIN" or "CIN" => "in",
            "INOTIN" or "CNOTIN" => "notin",
            "ICONTAINS" or "CCONTAINS" => "contains",
            "INOTCONTAINS" or "CNOTCONTAINS" => "notcontains",
            "AND" => "and",
            "OR" => "or",
            "XOR" => "xor",
            "IS" => "is",
            "ISNOT" => "isnot",
            "AS" => "as",
            _ => "",
        };
        return name;
    }
}
