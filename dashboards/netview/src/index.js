import "./globals.js";
import NetView from "./component/NetView.js";

export { NetView };
